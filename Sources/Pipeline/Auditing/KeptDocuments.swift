import Bytes
import Deduplication
import Documents
import Shards
import Streams

/// Finds the documents that stayed while the duplicates of an audit's samples went.
///
/// The samples themselves do not name them: what goes of a text part may stay the same while other
/// sources decide for whom, and then nothing of it is done again. So the names are looked up in the
/// barriers' present marks.
struct KeptDocuments {
  /// A sample whose kept document is wanted.
  struct Wanted {
    /// The id of the step's entry.
    let id: String
    let step: String
    let reason: String
    /// What was removed of the text part.
    let place: AuditSample.Place
    /// The audit part that the sample comes from.
    let part: Int
    /// The entry of the step in the source's account.
    let entry: Int
  }

  /// A line of the file: the samples of the step and reason in their order.
  struct Line: Codable {
    /// The id of the step; nil in outputs of earlier versions.
    var stepID: String?
    var step: String
    var reason: String
    var kept: AuditReport.Kept

    enum CodingKeys: String, CodingKey {
      case step, reason, kept
      case stepID = "step_id"
    }
  }

  let parts: [AuditPart]
  let names: SourceNames
  let cache: StageCache

  /// Writes the kept documents of the samples, in the samples' order.
  ///
  /// - Returns: The file's summary; nil, and no file, where nothing is wanted.
  /// - Throws: What reading the marks or the texts throws; `failed` where they do not fit the samples.
  func write(
    _ wanted: [Wanted], to path: String, level: Int32
  ) throws(CuveeError) -> SeekableZstdSummary? {
    if wanted.isEmpty { return nil }
    var found: [AuditReport.Kept?] = Array(repeating: nil, count: wanted.count)
    // By barrier and text part, so that marks and texts are read once for all their samples.
    var byText: [Digest: (text: TextPart, documents: [UInt32: [Int]])] = [:]
    for (mark, samples) in try marks(of: wanted) {
      let places = try places(of: samples.map { wanted[$0].place }, mark)
      for (index, place) in zip(samples, places) {
        guard mark.parts.indices.contains(Int(place.part)) else { throw Self.misfit }
        let text = mark.parts[Int(place.part)]
        byText[text.key, default: (text, [:])].documents[place.document, default: []].append(index)
      }
    }
    for (text, documents) in byText.values {
      try read(text, documents.keys.sorted()) { document, kept in
        for index in documents[document] ?? [] { found[index] = kept }
      }
    }
    var file = try FramedFile(path: path, level: level)
    for (wanted, kept) in zip(wanted, found) {
      guard let kept else { throw Self.misfit }
      file.pending += try JSONFile.encode(
        Line(stepID: wanted.id, step: wanted.step, reason: wanted.reason, kept: kept))
      try file.endEntry()
    }
    return try file.finish()
  }

  /// The marks that the samples were taken by, each with its samples.
  private func marks(
    of wanted: [Wanted]
  ) throws(CuveeError) -> [(mark: PartMarks, samples: [Int])] {
    var groups: [Digest: (mark: PartMarks, samples: [Int])] = [:]
    for (index, sample) in wanted.enumerated() {
      let mark = parts[sample.part].marks.first { $0.entries.contains(sample.entry) }
      guard let mark else { throw Self.misfit }
      groups[mark.key, default: (mark, [])].samples.append(index)
    }
    return Array(groups.values)
  }

  /// For whom what was removed went, in the order of what is asked for.
  private func places(
    of removed: [AuditSample.Place], _ mark: PartMarks
  ) throws(CuveeError) -> [DocumentPlace] {
    let wanted = Set(removed)
    var kept: [AuditSample.Place: DocumentPlace] = [:]
    for removal in try MarkUnit.removals(mark.key, cache: cache) {
      let place = AuditSample.Place(removal)
      if wanted.contains(place) { kept[place] = removal.kept }
    }
    var places: [DocumentPlace] = []
    for place in removed {
      guard let document = kept[place] else { throw Self.misfit }
      places.append(document)
    }
    return places
  }

  /// Reads some documents of a text part, by rising ordinal.
  private func read(
    _ text: TextPart, _ wanted: [UInt32], _ body: (UInt32, AuditReport.Kept) -> Void
  ) throws(CuveeError) {
    let reader = try TextPartReader(text, cache: cache)
    let decoder = TextFrameDecoder()
    var next = wanted[...]
    while let first = next.first {
      guard let frame = try reader.next(containing: first) else { throw Self.misfit }
      try decoder.decode(frame)
      while let document = next.first, document < frame.firstDocument + frame.documents {
        let index = Int(document - frame.firstDocument)
        let origin = decoder.documents.origins[index]
        let ids = decoder.documents.ids
        guard let path = names.path(origin.file, of: text) else { throw Self.misfit }
        body(
          document,
          AuditReport.Kept(
            source: names.sources[text.source], file: path, record: origin.record,
            id: String(decoding: ids[decoder.documents.idRange(index)], as: UTF8.self)))
        next = next.dropFirst()
      }
    }
  }

  private static var misfit: CuveeError {
    .failed(
      "what a deduplication has removed does not fit its samples; run `cuvee cache prune --all`, then "
        + "build again")
  }
}
