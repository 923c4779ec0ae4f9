import Bytes
import MixtureFiles
import Readers
import Streams

/// A source of a plan: its files and how they are read.
struct PlannedSource: Sendable {
  /// The source as the mixture file has it.
  let source: Source
  /// The ordinal in the mixture file.
  let index: Int
  /// The input files in the byte order of their paths.
  let files: [PlannedFile]
  /// How records become documents.
  let settings: ReaderSettings
  /// The reader.
  let format: any RecordFormat
  /// What is done with its documents.
  var steps: SourceSteps

  /// The source's name.
  var name: String { source.name }
}

/// An input file of a plan.
struct PlannedFile: Sendable {
  /// The path as messages and the manifest show it: relative to the base folder where it is below.
  let displayPath: String
  /// The absolute path.
  let path: String
  /// What the file system says of it.
  let status: FileStatus
}

extension PlannedSource {
  /// Finds the source's files and makes its reader.
  ///
  /// - Throws: `missingInput` where a path matches nothing, `badData` where the format refuses its
  ///   settings; with the place in the mixture file.
  init(
    _ source: Source, index: Int, mixture: MixtureFile, base: String,
    filters: [String: FilterCatalogue.Filter]
  ) throws(CuveeError) {
    self.source = source
    steps = try SourceSteps(source.steps.map(\.value), filters: filters)
    self.index = index
    guard let type = RecordFormats.named(source.format.value) else {
      throw .badData(
        "\(mixture.place(source.format.mark)): unknown format \"\(source.format.value)\"")
    }
    let wanted =
      steps.deduplications
      + mixture.deduplicate.filter { $0.sources.contains(source.name) }
      .compactMap(\.deduplication)
    let templates = try Self.templates(source, for: wanted, type, mixture)
    settings = ReaderSettings(
      text: source.text?.value, id: source.id?.value, url: templates.url,
      timestamp: templates.timestamp,
      options: source.options.mapValues { FormatOptionValue($0.value) })
    do throws(CuveeError) {
      format = try type.init(settings: settings)
    } catch {
      let mark = source.text?.mark ?? source.format.mark
      throw CuveeError(error.kind, "\(mixture.place(mark)): \(error.message)")
    }
    var seen: Set<String> = []
    var files: [PlannedFile] = []
    for pattern in source.paths {
      let matches = try Glob.expand(pattern.value, base: base)
      if matches.isEmpty {
        throw .missingInput(
          "\(mixture.place(pattern.mark)): \"\(pattern.value)\" matches no file under \(base); "
            + "paths are relative to the mixture file, or to --data DIR")
      }
      for match in matches where seen.insert(match).inserted {
        let path = match.hasPrefix("/") ? match : base + "/" + match
        guard let status = try FileSystem.status(path) else {
          throw .missingInput("\(match): no such file")
        }
        // A pattern may well match folders; a path written out may not.
        if status.isDirectory {
          if matches.count > 1 { continue }
          throw .missingInput(
            "\(mixture.place(pattern.mark)): \"\(match)\" is a directory; "
              + "name its files, as in \"\(match)/*.jsonl\"")
        }
        files.append(PlannedFile(displayPath: match, path: path, status: status))
      }
    }
    files.sort { $0.displayPath.utf8.lexicographicallyPrecedes($1.displayPath.utf8) }
    self.files = files
  }
}

extension PlannedSource {
  /// The templates of what deduplications look at besides the text; nil where none asks for it, so
  /// that nothing is read and kept in vain.
  private static func templates(
    _ source: Source, for deduplications: [Deduplication], _ format: any RecordFormat.Type,
    _ mixture: MixtureFile
  ) throws(CuveeError) -> (url: String?, timestamp: String?) {
    let needsURLs = deduplications.contains(where: \.needsURLs)
    let needsTimestamps = deduplications.contains(where: \.needsTimestamps)
    for key in [source.url, source.timestamp] {
      guard let key, !format.acceptsURL else { continue }
      throw .badData(
        "\(mixture.place(key.mark)): documents of format \"\(format.name)\" have neither a URL nor a "
          + "time; remove the key")
    }
    if needsURLs || needsTimestamps, !format.acceptsURL {
      throw .badData(
        "\(mixture.place(source.format.mark)): a deduplication of source \"\(source.name)\" asks for "
          + "\(needsURLs ? "URLs" : "times"), and documents of format \"\(format.name)\" have none")
    }
    return (
      needsURLs ? source.url?.value ?? "{url}" : nil,
      needsTimestamps ? source.timestamp?.value ?? "{timestamp}" : nil
    )
  }
}

extension FormatOptionValue {
  /// The same value as the mixture file's decoding gives it.
  init(_ value: OptionValue) {
    switch value {
    case .string(let string): self = .string(string)
    case .integer(let integer): self = .integer(integer)
    case .boolean(let boolean): self = .boolean(boolean)
    }
  }
}

extension MixtureFile {
  /// The ordinal of every source by its name.
  var sourceIndexes: [String: Int] {
    Dictionary(
      sources.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
