import Bytes
import Declarations

/// A mixture file, read and found valid in itself: names are known, weights are possible, and all
/// that it asks for is supported. Whether its inputs exist is found out later.
public struct MixtureFile: Sendable, Equatable {
  /// The path as messages show it.
  public var displayPath: String
  /// SHA-256 of the file's bytes.
  public var sha256: Digest
  /// The name of the mixture.
  public var name: String
  /// The number that all randomness comes from; 0 where nothing was said.
  public var seed: UInt64
  /// The tokenizer.
  public var tokenizer: Marked<TokenizerReference>
  /// What special tokens that a text spells out become.
  public var specialTokens: SpecialTokenHandling
  /// The length of a row in tokens.
  public var sequenceLength: Int
  /// The sources in the order of the file.
  public var sources: [Source]
  /// What is done after the sources' own steps, in order; see `program`.
  public var steps: [ProgramStep]
  /// Deduplications across sources, in order, after all steps.
  public var deduplicate: [DeduplicateEntry]
  /// The phases, in order.
  public var phases: [Phase]
  /// How documents are laid into rows.
  public var packing: PackingKind
  /// How often a source may be read.
  public var repetition: Repetition
  /// How the output is written.
  public var output: Output
  /// What happens at a record that cannot be read.
  public var onBadRecord: OnBadRecord
  /// The most bad records of a run, where there is a limit.
  public var maxBadRecords: Int?
  /// The share of a source's records that may be bad.
  public var maxBadShare: DecimalShare

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - displayPath: the path as messages show it.
  ///   - vocabulary: the names that other targets know.
  /// - Returns: the file.
  /// - Throws: a missing input where there is no such file; else all errors of the file as one, as
  ///   ``parse(bytes:displayPath:vocabulary:)`` says.
  public static func read(
    path: String, displayPath: String, vocabulary: MixtureVocabulary
  ) throws(CuveeError) -> MixtureFile {
    let bytes = try YAMLDocument.read(path, displayPath: displayPath, noun: "mixture file")
    return try parse(bytes: bytes, displayPath: displayPath, vocabulary: vocabulary)
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: the content.
  ///   - displayPath: the path as messages show it.
  ///   - vocabulary: the names that other targets know.
  /// - Returns: the file.
  /// - Throws: bad data whose message has a line for every error in the file, in their order; each
  ///   begins with `displayPath:line:column: `, and each but the first with `error: ` before that.
  public static func parse(
    bytes: [UInt8], displayPath: String, vocabulary: MixtureVocabulary
  ) throws(CuveeError) -> MixtureFile {
    let root = try YAMLDocument.root(of: bytes, displayPath: displayPath)
    var reading = Reading(vocabulary: vocabulary)
    let file = MixtureSection.read(
      root, displayPath: displayPath, sha256: Digest.sha256(bytes.span), &reading)
    if let error = reading.diagnostics.error(in: displayPath) { throw error }
    guard let file else { throw .badData("\(displayPath): not a mixture file") }
    return file
  }

  /// A place in this file as messages show it: `Mixtures/x.yaml:12:5`.
  public func place(_ mark: Mark) -> String { "\(displayPath):\(mark.line):\(mark.column)" }
}
