import Bytes
import Streams

/// `manifest.json`: what an output is, where it came from and how to check it.
///
/// Content only, no clock and no absolute path: equal inputs give equal bytes. It is written last,
/// so an output that has one is whole.
public struct Manifest: Codable, Sendable, Equatable {
  /// The version of the output's formats that this code writes and reads.
  public static let currentFormatVersion = 2

  /// The version of the output's formats.
  public var formatVersion: Int
  /// The version of Cuvee that wrote the output.
  public var toolVersion: String
  /// The version of libzstd that compressed the output; equal versions give equal compressed bytes.
  public var zstdVersion: String
  /// The name of the mixture.
  public var name: String
  /// The seed of the mixture.
  public var seed: UInt64
  /// The tokenizer.
  public var tokenizer: ManifestTokenizer
  /// The tokens of a row.
  public var sequenceLength: Int
  /// How shards were cut and compressed.
  public var output: ManifestOutput
  /// The phases, in their order.
  public var phases: [ManifestPhase]
  /// The sources; a row's `source` is an index into this list.
  public var sources: [ManifestSource]
  /// What it was built from; nil in outputs of versions that kept no recipe. Its files are not among
  /// those of `content_digest`: a comment in a mixture file is not another output.
  public var recipe: ManifestRecipe?
  /// Files that say more about what was removed, sorted by path; nil where there are none. They are not
  /// among those of `content_digest`: more evidence is not another output.
  public var evidence: [FileEntry]?
  /// All files but those of the phases, the recipe, the evidence, the indexes and the manifest, sorted
  /// by path.
  public var files: [FileEntry]
  /// The digest of all uncompressed contents (`ContentDigest`).
  public var contentDigest: Digest

  enum CodingKeys: String, CodingKey {
    case formatVersion = "format_version"
    case toolVersion = "tool_version"
    case zstdVersion = "zstd_version"
    case name, seed, tokenizer
    case sequenceLength = "sequence_length"
    case output, phases, sources, recipe, evidence, files
    case contentDigest = "content_digest"
  }

  /// Creates a manifest; its format version and content digest follow from the rest.
  public init(
    toolVersion: String, zstdVersion: String, name: String, seed: UInt64,
    tokenizer: ManifestTokenizer, sequenceLength: Int, output: ManifestOutput,
    phases: [ManifestPhase], sources: [ManifestSource], recipe: ManifestRecipe? = nil,
    evidence: [FileEntry] = [], files: [FileEntry]
  ) {
    formatVersion = Manifest.currentFormatVersion
    self.toolVersion = toolVersion
    self.zstdVersion = zstdVersion
    self.name = name
    self.seed = seed
    self.tokenizer = tokenizer
    self.sequenceLength = sequenceLength
    self.output = output
    self.phases = phases
    self.sources = sources
    self.recipe = recipe
    self.evidence =
      evidence.isEmpty
      ? nil : evidence.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
    self.files = files.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
    contentDigest = Digest.sha256("")
    contentDigest = ContentDigest.of(contentFiles)
  }

  /// Every file that the manifest lists with its sizes: rows, segments and the others.
  public var allFiles: [FileEntry] { contentFiles + (evidence ?? []) }

  /// The files that the content digest is made of.
  var contentFiles: [FileEntry] {
    phases.flatMap { $0.shards.flatMap { [$0.content, $0.segments] } } + files
  }

  /// All rows of the output.
  public var rows: UInt64 { phases.reduce(0) { $0 &+ $1.rows } }

  /// The columns of the rows, or nil when the tokenizer's type is not one that rows can have.
  public var columns: RowColumns? {
    guard let width = TokenWidth(dtype: tokenizer.dtype), sequenceLength > 0,
      sequenceLength < RowColumns.mostTokens
    else { return nil }
    return RowColumns(sequenceLength: sequenceLength, width: width)
  }

  /// The bytes of `manifest.json`.
  public func encoded() throws(CuveeError) -> [UInt8] { try StableJSON.pretty(self) }

  /// Writes `manifest.json` into an output's folder, whole or not at all.
  public func write(folder: String) throws(CuveeError) {
    let bytes = try encoded()
    try AtomicFile.write(bytes.span, to: "\(folder)/\(OutputLayout.manifest)")
  }

  /// Reads the manifest of an output.
  ///
  /// - Parameters:
  ///   - folder: The output's folder.
  ///   - displayPath: The folder's name for messages.
  /// - Returns: The manifest.
  /// - Throws: `CuveeError.missingInput` when there is none, `.badData` when it is not one that
  ///   this version reads.
  public static func read(folder: String, displayPath: String) throws(CuveeError) -> Manifest {
    let path = "\(folder)/\(OutputLayout.manifest)"
    guard let status = try FileSystem.status(folder) else {
      throw .missingInput("\(displayPath): no such folder; name that of an output")
    }
    guard status.isDirectory else {
      throw .missingInput("\(displayPath): is a file; name the folder of an output")
    }
    guard try FileSystem.status(path) != nil else {
      throw .missingInput(
        "\(displayPath): no \(OutputLayout.manifest), so not a finished output;"
          + " run `cuvee build` again to finish it")
    }
    let place = "\(displayPath)/\(OutputLayout.manifest)"
    let bytes = try FileSystem.readFile(path)
    let version = try StableJSON.decode(VersionOnly.self, from: bytes, place: place).format_version
    guard version == currentFormatVersion else {
      throw .badData(
        "\(place): format version \(version), but this Cuvee reads version \(currentFormatVersion)")
    }
    return try StableJSON.decode(Manifest.self, from: bytes, place: place)
  }

  /// Whether rows and tokens can be counted with the numbers that it says, in 63 bits. Who computes
  /// with them asks first.
  public var hasPossibleNumbers: Bool {
    guard sequenceLength > 0, sequenceLength <= Int(Int32.max) else { return false }
    let ends =
      phases.map { ($0.firstRow, $0.rows) }
      + phases.flatMap { $0.shards.map { ($0.firstRow, $0.rows) } }
      + sources.map { ($0.rows.used, $0.rows.perEpoch) }
    return ends.allSatisfy { first, count in
      let (end, overflow) = first.addingReportingOverflow(count)
      let (tokens, many) = end.multipliedReportingOverflow(by: UInt64(sequenceLength))
      return !overflow && !many && tokens < 1 << 63
    }
  }

  private struct VersionOnly: Decodable { var format_version: Int }
}

/// The tokenizer of an output.
public struct ManifestTokenizer: Codable, Sendable, Equatable {
  /// The tokenizer's name.
  public var name: String
  /// SHA-256 of its file.
  public var sha256: Digest
  /// The path of its file as the mixture file has it, where the mixture file names one; of an
  /// absolute path the last name only, so that a manifest has no place of a machine in it.
  public var path: String?
  /// How it cuts text before the merges, where the mixture file says so instead of its file.
  public var pattern: String?
  /// What special tokens that a text spells out become: `ordinary` text, or the token (`parse`).
  public var specialTokens: String
  /// The greatest id plus one, special ids and sentinels included.
  public var vocabularySize: Int
  /// The id before every document.
  public var beginningOfDocument: UInt32?
  /// The id after every document.
  public var endOfDocument: UInt32?
  /// The id that fills rows.
  public var pad: UInt32?
  /// The type of a token in rows: `uint16` or `uint32`.
  public var dtype: String

  enum CodingKeys: String, CodingKey {
    case name, sha256, path, pattern
    case specialTokens = "special_tokens"
    case vocabularySize = "vocabulary_size"
    case beginningOfDocument = "beginning_of_document"
    case endOfDocument = "end_of_document"
    case pad, dtype
  }

  /// Creates the account of a tokenizer.
  public init(
    name: String, sha256: Digest, path: String? = nil, pattern: String?, specialTokens: String,
    vocabularySize: Int, beginningOfDocument: UInt32? = nil, endOfDocument: UInt32?, pad: UInt32?,
    dtype: String
  ) {
    self.name = name
    self.sha256 = sha256
    self.path = path
    self.pattern = pattern
    self.specialTokens = specialTokens
    self.vocabularySize = vocabularySize
    self.beginningOfDocument = beginningOfDocument
    self.endOfDocument = endOfDocument
    self.pad = pad
    self.dtype = dtype
  }
}

/// How the shards of an output were cut and compressed.
public struct ManifestOutput: Codable, Sendable, Equatable {
  /// The greatest size of an uncompressed shard, in bytes.
  public var shardSize: UInt64
  /// zstd's compression level.
  public var compressionLevel: Int32

  enum CodingKeys: String, CodingKey {
    case shardSize = "shard_size"
    case compressionLevel = "compression_level"
  }

  /// Creates the account of an output's settings.
  public init(shardSize: UInt64, compressionLevel: Int32) {
    self.shardSize = shardSize
    self.compressionLevel = compressionLevel
  }
}
