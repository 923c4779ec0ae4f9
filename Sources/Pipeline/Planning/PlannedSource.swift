import Bytes
import Declarations
import Deduplication
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
  /// The format's own parameters.
  let parameters: Parameters
  /// The reader.
  let format: any RecordFormat
  /// What is done with its documents.
  let steps: SourceSteps

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
    steps: SourceSteps
  ) throws(CuveeError) {
    self.source = source
    self.steps = steps
    self.index = index
    guard let type = RecordFormats.named(source.format.value) else {
      throw .badData(
        "\(mixture.place(source.format.mark)): unknown format \"\(source.format.value)\"")
    }
    let templates = try Self.templates(source, for: steps.deduplications, type, mixture)
    settings = ReaderSettings(
      text: source.text?.value, id: source.id?.value, url: templates.url,
      timestamp: templates.timestamp,
      options: source.options.mapValues(\.value))
    do throws(CuveeError) {
      format = try type.init(settings: settings)
      parameters = try Parameters(settings.options, for: type.declaration)
    } catch {
      let mark = source.text?.mark ?? source.format.mark
      throw CuveeError(error.kind, "\(mixture.place(mark)): \(error.message)")
    }
    var files: [PlannedFile] = []
    var problems = InputProblems(mixture: mixture)
    for match in try Self.matches(source, mixture: mixture, base: base) {
      let path = match.path.hasPrefix("/") ? match.path : base + "/" + match.path
      guard let status = problems.status(of: match.path, at: path, match.mark) else { continue }
      // A pattern may well match folders; a path written out may not.
      if status.isDirectory {
        if !match.isOnly { continue }
        throw .missingInput(
          "\(mixture.place(match.mark)): \"\(match.path)\" is a directory; "
            + "name its files, as in \"\(match.path)/*.jsonl\"")
      }
      files.append(PlannedFile(displayPath: match.path, path: path, status: status))
    }
    try problems.throwAny()
    files.sort { $0.displayPath.utf8.lexicographicallyPrecedes($1.displayPath.utf8) }
    self.files = files
  }
}

extension PlannedSource {
  /// The paths that a source's patterns name, each once, without those that a pattern after `!` takes
  /// away.
  private static func matches(
    _ source: Source, mixture: MixtureFile, base: String
  ) throws(CuveeError) -> [(path: String, mark: Mark, isOnly: Bool)] {
    var seen: Set<String> = []
    var found: [(path: String, mark: Mark, isOnly: Bool)] = []
    for pattern in source.patterns {
      let matches: [String]
      do throws(CuveeError) {
        matches = try Glob.expand(pattern.value, base: base)
      } catch {
        throw CuveeError(error.kind, "\(mixture.place(pattern.mark)): \(error.message)")
      }
      if matches.isEmpty {
        let isAbsolute = pattern.value.hasPrefix("/")
        let hint = NearestFile.hint(
          for: isAbsolute ? pattern.value : base + "/" + pattern.value, displayPath: pattern.value)
        let advice = isAbsolute ? "" : "; paths are relative to the mixture file, or to --data DIR"
        throw .missingInput(
          "\(mixture.place(pattern.mark)): \"\(pattern.value)\" matches no file"
            + (isAbsolute ? "" : " under \(base)") + hint + advice)
      }
      for match in matches where seen.insert(match).inserted {
        if try source.excludes(match) { continue }
        found.append((match, pattern.mark, matches.count == 1))
      }
    }
    if found.isEmpty, let first = source.paths.first {
      throw .missingInput(
        "\(mixture.place(first.mark)): no file of source \"\(source.name)\" is left: the patterns that "
          + "begin with ! take away all that the others match")
    }
    return found
  }

  /// The templates of what deduplications look at besides the text; nil where none asks for it, so
  /// that nothing is read and kept in vain.
  private static func templates(
    _ source: Source, for deduplications: [any Barrier], _ format: any RecordFormat.Type,
    _ mixture: MixtureFile
  ) throws(CuveeError) -> (url: String?, timestamp: String?) {
    let needsURLs = deduplications.contains { $0.asksForURLs }
    let needsTimestamps = deduplications.contains { $0.keep.needsTimestamps }
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

extension Source {
  /// The patterns that name files.
  var patterns: [Marked<String>] { paths.filter { !$0.value.hasPrefix("!") } }

  /// Whether a pattern after `!` takes a path away.
  ///
  /// - Throws: `badData` where such a pattern is not one.
  func excludes(_ path: String) throws(CuveeError) -> Bool {
    for pattern in paths where pattern.value.hasPrefix("!") {
      if try Glob.matches(String(pattern.value.dropFirst()), path: path) { return true }
    }
    return false
  }
}

extension MixtureFile {
  /// The ordinal of every source by its name.
  var sourceIndexes: [String: Int] {
    Dictionary(
      sources.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
