import Bytes
import Declarations
import Deduplication
import MixtureFiles
import Mixing
import Readers
import Shards
import Streams
import Tokenizers

/// A validated run: the mixture file with its inputs found, its tokenizer loaded and its sizes
/// fixed. Nothing has been read of the corpus yet.
public struct Plan: Sendable {
  /// What the plan was made from.
  public let options: PlanOptions
  /// The mixture file.
  public let mixture: MixtureFile
  /// SHA-256 of the mixture file's bytes and of what its filters do.
  public let digest: Digest
  /// The tokenizer.
  public let tokenizer: LoadedTokenizer
  /// The share of the documents that is read, as a bound for 64-bit hashes; nil for all.
  let sampleBound: UInt64?
  /// The sources in the order of the mixture file.
  let sources: [PlannedSource]
  /// What is done with the documents, in order.
  let program: Program
  /// The filters that the steps name, by the name or path that the steps give.
  let filters: [String: FilterCatalogue.Filter]
  /// The phases with their rows.
  let phases: [PlannedPhase]

  /// Makes the plan of a run.
  ///
  /// - Throws: `badData` for errors in the mixture file, `missingInput` for files not found.
  public init(_ options: PlanOptions) throws(CuveeError) {
    self.options = options
    let path = options.mixturePath
    let recipe = try Recipe.read(folder: options.mixtureFolder)
    mixture = try MixtureFile.read(
      path: path, displayPath: path,
      vocabulary: MixtureVocabulary.standard(
        filters: FilterCatalogue.names(in: options.allFilterFolders)
          + (recipe?.filters.keys.sorted() ?? [])))
    sampleBound = try options.sample.map { text throws(CuveeError) in
      let share = try Self.share(text, option: "--sample", below: 1)
      return share == 1 ? UInt64.max : UInt64(share * 0x1p64)
    }
    tokenizer = try Self.tokenizer(mixture, options)
    let filters = try Self.filters(of: mixture, options, recipe)
    program = try Program(mixture, filters: filters)
    var sources: [PlannedSource] = []
    // All sources are looked at, so that one run names all that is missing.
    var errors: [CuveeError] = []
    for (index, source) in mixture.sources.enumerated() {
      do throws(CuveeError) {
        sources.append(
          try PlannedSource(
            source, index: index, mixture: mixture, base: options.base,
            steps: program.sources[index]))
      } catch {
        errors.append(error)
      }
    }
    if let first = errors.first {
      throw CuveeError(
        first.kind, errors.map(\.message).joined(separator: CuveeError.separator))
    }
    self.filters = filters
    self.sources = sources
    var key = KeyBuilder("plan", version: ToolVersion.formats)
    key.add("mixture", mixture.sha256)
    key.add("program", program.digest)
    digest = key.key
    phases = try PlannedPhase.all(of: mixture, scale: options.scale)
    try requireRowsToFit()
  }

  /// Refuses rows that are larger than the shards may be.
  private func requireRowsToFit() throws(CuveeError) {
    guard let width = TokenWidth(rawValue: tokenWidth) else { return }
    let columns = RowColumns(sequenceLength: sequenceLength, width: width)
    guard columns.fitsShard(sizeLimit: mixture.output.shardSize) else {
      throw .badData(
        "\(mixture.displayPath): a row of \(sequenceLength) tokens takes \(columns.rowBytes) bytes, "
          + "and a shard of shard_size (\(mixture.output.shardSize) bytes) has no room for it; raise "
          + "shard_size or lower sequence_length")
    }
  }

  /// How text is cut, where the mixture file says so.
  var givenPattern: String? {
    if case .file(_, _, let pattern, _, _, _, _) = mixture.tokenizer.value { pattern } else { nil }
  }

  /// The path of the tokenizer's file for the manifest, where the mixture file names one.
  var tokenizerPath: String? {
    guard case .file(let path, _, _, _, _, _, _) = mixture.tokenizer.value else { return nil }
    guard path.hasPrefix("/") else { return path }
    return path.split(separator: "/").last.map(String.init)
  }

  /// How to treat special tokens that appear literally in the text.
  var specialTokens: SpecialTokenHandling { mixture.specialTokens }

  /// The tokens of a row.
  public var sequenceLength: Int { mixture.sequenceLength }

  /// The bytes of a token in the store and in the rows.
  var tokenWidth: Int { tokenizer.vocabularySize <= 1 << 16 ? 2 : 4 }

  /// The files that a command must not write over: all that the plan was made from.
  public var protectedFiles: ProtectedFiles {
    var files = ProtectedFiles()
    files.add(options.mixturePath, as: "the mixture file \(options.mixturePath)")
    for path in filters.values.compactMap(\.path) { files.add(path, as: "the filter \(path)") }
    for list in filters.values.flatMap(\.lists) {
      if let path = list.path { files.add(path, as: "the list \(path)") }
    }
    for path in tokenizer.files { files.add(path, as: "the tokenizer \(path)") }
    for source in sources {
      for file in source.files {
        files.add(file.path, as: "an input of \(source.name), \(file.displayPath)", file.status)
      }
    }
    return files
  }

  /// The bytes of all input files.
  public var inputBytes: UInt64 {
    sources.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.status.size } }
  }

  /// The filters that the steps name.
  private static func filters(
    of mixture: MixtureFile, _ options: PlanOptions, _ recipe: Recipe.Index?
  ) throws(CuveeError) -> [String: FilterCatalogue.Filter] {
    var filters: [String: FilterCatalogue.Filter] = [:]
    let own = mixture.sources.flatMap(\.steps).compactMap { step -> Marked<String>? in
      if case .filter(let name) = step.value { Marked(name, step.mark) } else { nil }
    }
    let common = mixture.steps.compactMap { step -> Marked<String>? in
      if case .filter(let name) = step.operation { name } else { nil }
    }
    for step in own + common where filters[step.value] == nil {
      let name = step.value
      do throws(CuveeError) {
        filters[name] = try FilterCatalogue.load(
          recipe?.filters[name].map { "./" + $0 } ?? name, folders: options.allFilterFolders,
          base: options.mixtureFolder,
          lists: (recipe?.lists?[name] ?? [:]).mapValues { "\(options.mixtureFolder)/\($0)" })
      } catch {
        throw CuveeError(error.kind, "\(mixture.place(step.mark)): \(error.message)")
      }
    }
    return filters
  }

  private static func tokenizer(
    _ mixture: MixtureFile, _ options: PlanOptions
  ) throws(CuveeError) -> LoadedTokenizer {
    let place = mixture.place(mixture.tokenizer.mark)
    do throws(CuveeError) {
      switch mixture.tokenizer.value {
      case .registered(let name):
        var folders: [String] = []
        for folder in [options.base] + options.tokenizerFolders + [options.mixtureFolder]
        where !folders.contains(folder) {
          folders.append(folder)
        }
        return try TokenizerCatalogue.find(name, searchFolders: folders)
      case .file(
        let path, let sha256, let pattern, let beginning, let end, let pad, let sentinels):
        let absolute = path.hasPrefix("/") ? path : options.base + "/" + path
        let specification = TokenizerSpecification(
          path: absolute, sha256: sha256, pattern: pattern,
          beginningOfDocument: beginning.map { .init($0) }, endOfDocument: end.map { .init($0) },
          pad: pad,
          sentinels: sentinels.map { .init(first: $0.first, count: $0.count) })
        if try FileSystem.status(absolute) == nil {
          throw CuveeError.missingInput(
            "\(path): there is no such vocabulary file"
              + NearestFile.hint(for: absolute, displayPath: path))
        }
        return try TokenizerCatalogue.load(specification, displayPath: path)
      }
    } catch {
      throw CuveeError(error.kind, "\(place): \(error.message)")
    }
  }

  /// A share such as `1%` of the command line.
  static func share(
    _ text: String, option: String, below limit: Double
  ) throws(CuveeError) -> Double {
    guard let share = Share.parse(text) else {
      throw .badData("\(option) \(text): is not a share; write it as in 1% or 0.01")
    }
    guard !share.isZero, share.approximate <= limit else {
      throw .badData("\(option) \(text): must be more than 0 and at most 100%")
    }
    return share.approximate
  }
}

extension TokenizerSpecification.Token {
  /// The same as the mixture file's decoding has it.
  fileprivate init(_ token: TokenReference) {
    switch token {
    case .id(let id): self = .id(id)
    case .text(let text): self = .text(text)
    case .none: self = .none
    }
  }
}
