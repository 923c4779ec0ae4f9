import Bytes
import Documents
import Filters
import MixtureFiles
import Readers
import Streams
import Tokenizers

/// Reads a sample of a source: through its format, its rules and the tokenizer, as a build does.
///
/// Deduplications are left out: what they find depends on all documents. The sample depends on the
/// files alone, so that it is the same each time.
struct SourceProbe {
  private let plan: Plan
  private let source: PlannedSource
  private let size: ProbeSize
  private let parser: any RecordParser
  private let rules: [ChainWorker]
  private let excerpts: ExcerptCounter?
  private let batch = RecordBatchBox()
  private let documents = DocumentBatchBox()

  /// Creates a probe of a size; a glance leaves out rules and tokenizer.
  init(_ plan: Plan, _ source: PlannedSource, isGlance: Bool = false) {
    self.plan = plan
    self.source = source
    let chains = isGlance ? [] : source.steps.allChains.filter { !$0.isEmpty }
    size = isGlance ? .glance : .estimate(hasRules: !chains.isEmpty)
    parser = source.format.makeParser()
    rules = chains.map {
      ChainWorker($0.chain, firstEntry: $0.firstEntry, entries: source.steps.entries.count)
    }
    excerpts =
      size.tokenises
      ? ExcerptCounter(
        plan.tokenizer.tokenizer.makeEncoder(specialTokens: plan.specialTokens)) : nil
  }

  /// Reads the sample.
  ///
  /// - Throws: What is wrong with a file.
  func run() throws(CuveeError) -> SourceSample {
    var sample = SourceSample(source: source.name)
    sample.tokensAboutDocument = [
      plan.tokenizer.beginningOfDocument, plan.tokenizer.endOfDocument,
    ].count { $0 != nil }
    var plain: [(index: Int, size: UInt64)] = []
    var compressed: [(index: Int, size: UInt64)] = []
    let files = source.files.enumerated().map { (index: $0, size: $1.status.size) }
    if source.format.framing == .wholeFile {
      try readWholeFiles(ProbePlaces.wholeFiles(files, size), into: &sample)
      sample.isWhole = sample.filesRead == files.count
      return sample
    }
    for file in files {
      let planned = source.files[file.index]
      let input = try ByteInput(path: planned.path, displayPath: planned.displayPath)
      if input.compression == .plain { plain.append(file) } else { compressed.append(file) }
    }
    let plainIsWhole = try readLines(ProbePlaces.lines(plain, size), of: plain, into: &sample)
    let compressedIsWhole = try readCompressed(
      ProbePlaces.compressed(compressed, size), of: compressed, into: &sample)
    sample.isWhole = plainIsWhole && compressedIsWhole
    return sample
  }

  private func readWholeFiles(
    _ places: [ProbePlace], into sample: inout SourceSample
  ) throws(CuveeError) {
    space(places.reduce(0) { $0 + source.files[$1.file].status.size })
    for place in places {
      var reader = reader(of: place.file, framing: .wholeFile, batchBytes: 1)
      guard try reader.nextBounded(into: &batch.batch) else { continue }
      sample.bytesRead += reader.coveredBytes
      sample.filesRead += 1
      sample.counts.add(measure(into: &sample), times: place.factor ?? 1)
    }
  }

  /// Whether all lines were read.
  private func readLines(
    _ places: [ProbePlace], of files: [(index: Int, size: UInt64)],
    into sample: inout SourceSample
  ) throws(CuveeError) -> Bool {
    let total = files.reduce(0) { $0 + $1.size }
    let isWhole =
      places.allSatisfy { $0.offset == 0 } && places.count == files.count
      && total <= size.allPlacesBytes
    // Each place stands for as many bytes. Its first line is the one that covers it, so that a long
    // line is met as often as its length wants, and counts no more for being read to its end.
    let share = isWhole ? nil : Double(total) / Double(places.count)
    // No more is read of a line that is larger than the limit on records.
    let farthest = UInt64(size.placeBytes + plan.options.limits.maximumRecordBytes + 2)
    var last: (file: Int, start: UInt64, counts: ProbeCounts)?
    for place in places {
      guard let start = try lineStart(place) else { continue }
      if let last, last.file == place.file, last.start == start {
        sample.counts.add(last.counts, times: 1)
        continue
      }
      let fileSize = source.files[place.file].status.size
      var reader = reader(
        of: place.file, range: isWhole ? nil : start..<min(fileSize, start + farthest),
        batchBytes: isWhole ? Int(max(1, fileSize)) : size.placeBytes)
      guard try reader.nextBounded(into: &batch.batch) else { continue }
      excerpts?.every = max(
        ProbeSize.excerptBytes, isWhole ? 0 : Int(reader.coveredBytes) / ProbeSize.placeExcerpts)
      var counts = ProbeCounts()
      counts.add(
        measure(ordinalsAreKnown: start == 0, into: &sample).withExcerptsForAll,
        times: share.map { $0 / Double(max(1, reader.coveredBytes)) } ?? 1)
      sample.counts.add(counts, times: 1)
      sample.bytesRead += reader.coveredBytes
      last = (place.file, start, counts)
    }
    return isWhole
  }

  /// Whether all of the files was read.
  private func readCompressed(
    _ places: [ProbePlace], of files: [(index: Int, size: UInt64)],
    into sample: inout SourceSample
  ) throws(CuveeError) -> Bool {
    guard !places.isEmpty else { return true }
    space(size.compressedBytes)
    var counts = ProbeCounts()
    var covered = 0.0
    var unpacked = 0.0
    var packed = 0.0
    var isWhole = places.count == files.count
    for place in places {
      let budget = size.compressedBytes / UInt64(places.count)
      var reader = reader(of: place.file, batchBytes: Int(min(budget, 256 << 10)))
      var read = reader.read
      var isAll = true
      while true {
        let before = reader.read
        let coveredBefore = reader.coveredBytes
        guard try reader.nextBounded(into: &batch.batch) else {
          read = (reader.read.bytes, source.files[place.file].status.size)
          break
        }
        if coveredBefore < budget {
          counts.add(measure(into: &sample), times: 1)
          covered += Double(reader.coveredBytes - coveredBefore)
          sample.bytesRead += reader.coveredBytes - coveredBefore
          if reader.coveredBytes < budget { continue }
        } else {
          isAll = false
        }
        // A decoder takes in more than it has given out. When it takes in more again, it had given
        // out all of what it had.
        let hasTakenMore = before.bytes > 0 && reader.read.fileBytes > before.fileBytes
        guard hasTakenMore || reader.coveredBytes > budget + ProbeSize.greatestLag else { continue }
        isAll = false
        read = before
        break
      }
      isWhole = isWhole && isAll
      unpacked += Double(read.bytes)
      packed += Double(read.fileBytes)
    }
    let total = files.reduce(0.0) { $0 + Double($1.size) }
    let factor = covered > 0 && packed > 0 ? total / packed * unpacked / covered : 1
    sample.counts.add(counts, times: isWhole ? 1 : factor)
    return isWhole
  }

  /// Spaces the excerpts for so many bytes to be read.
  private func space(_ bytes: UInt64) {
    excerpts?.every = max(ProbeSize.excerptBytes, Int(bytes / ProbeSize.excerpts))
  }

  private func reader(
    of file: Int, range: Range<UInt64>? = nil, framing: Framing = .lines, batchBytes: Int
  ) -> RecordBatchReader {
    let planned = source.files[file]
    return RecordBatchReader(
      files: [
        SourceFile(
          path: planned.path, displayPath: planned.displayPath, ordinal: UInt32(file), range: range)
      ], framing: framing, batchBytes: batchBytes,
      maximumRecordBytes: plan.options.limits.maximumRecordBytes)
  }

  /// Where the line begins that covers a place: after the last line feed before it. Nil where that
  /// is farther away than the limit on records: the line gives no document.
  private func lineStart(_ place: ProbePlace) throws(CuveeError) -> UInt64? {
    let planned = source.files[place.file]
    var end = place.offset
    var bytes: [UInt8] = []
    let limit = UInt64(plan.options.limits.maximumRecordBytes)
    while end > 0 {
      guard place.offset - end <= limit else { return nil }
      let start = end > Self.backwardStep ? end - Self.backwardStep : 0
      var input = try ByteInput(
        path: planned.path, displayPath: planned.displayPath, range: start..<end)
      bytes.removeAll(keepingCapacity: true)
      _ = try input.read(into: &bytes, atMost: Int(end - start))
      if let feed = bytes.lastIndex(of: 0x0A) { return start + UInt64(feed) + 1 }
      end = start
    }
    return 0
  }

  /// The bytes that are looked through at once for the beginning of a line.
  private static let backwardStep: UInt64 = 128 << 10

  /// Counts the documents and the bad records of the batch.
  private func measure(
    ordinalsAreKnown: Bool = true, into sample: inout SourceSample
  ) -> ProbeCounts {
    documents.batch.removeAll()
    parser.parse(&batch.batch, into: &documents.batch)
    var counts = ProbeCounts()
    counts.documents = Double(documents.batch.count)
    counts.bytes = Double(documents.batch.text.count)
    note(ordinalsAreKnown, in: &sample)
    for chain in rules { _ = chain.apply(to: &documents.batch) }
    let text = documents.batch.text
    for index in 0..<documents.batch.count where documents.batch.verdicts[index] == .keep {
      let range = documents.batch.textRange(index)
      counts.keptDocuments += 1
      counts.keptBytes += Double(range.count)
      excerpts?.add(text.span.extracting(range))
    }
    if let (bytes, tokens) = excerpts?.count() {
      counts.excerptBytes = Double(bytes)
      counts.excerptTokens = Double(tokens)
    }
    return counts
  }

  /// Notes the bad records of the batch.
  private func note(_ ordinalsAreKnown: Bool, in sample: inout SourceSample) {
    var reasons: [String: UInt64] = [:]
    for bad in documents.batch.badRecords { reasons[bad.reason.rawValue, default: 0] += 1 }
    let lines = documents.batch.badRecords.lazy.prefix(BadRecordSummary.examplesKept).map { bad in
      let path = source.files[Int(bad.origin.file)].displayPath
      let place =
        ordinalsAreKnown ? "record \(bad.origin.record)" : "byte \(bad.origin.byteOffset)"
      return "\(path): \(place): \(bad.reason.rawValue): \(bad.detail)"
    }
    sample.badRecords.add(documents: UInt64(documents.batch.count))
    sample.badRecords.add(reasons, examples: Array(lines))
    guard sample.missingField == nil,
      let bad = documents.batch.badRecords.first(where: { $0.reason == .missingField }),
      let record = batch.batch.records.first(where: { $0.origin == bad.origin })
    else { return }
    let bytes = batch.batch.bytes
    sample.missingField = source.format.missingField(in: bytes.span.extracting(record.range))
  }
}
