import Bytes
import Declarations

/// A filter file, read and found valid in itself: its rules are known, and their parameters are of
/// the kinds that the rules ask for.
public struct FilterFile: Sendable, Equatable {
  /// The path as messages show it.
  public var displayPath: String
  /// The name of the filter.
  public var name: String
  /// What it does, in a line; empty where the file does not say.
  public var summary: String
  /// The steps, in order.
  public var steps: [Marked<FilterFileStep>]

  /// The bytes of a filter file.
  ///
  /// - Throws: a missing input where there is no such file, bad data where it is too large to be one.
  public static func bytes(path: String, displayPath: String) throws(CuveeError) -> [UInt8] {
    try YAMLDocument.read(path, displayPath: displayPath, noun: "filter file")
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: the content.
  ///   - displayPath: the path as messages show it.
  ///   - vocabulary: the rules that there are.
  /// - Returns: the file.
  /// - Throws: bad data whose message has a line for every error in the file, in their order; each
  ///   begins with `displayPath:line:column: `, and each but the first with `error: ` before that.
  public static func parse(
    bytes: [UInt8], displayPath: String, vocabulary: FilterVocabulary
  ) throws(CuveeError) -> FilterFile {
    let root = try YAMLDocument.root(of: bytes, displayPath: displayPath)
    var reading = Reading(
      vocabulary: MixtureVocabulary(
        formats: [], tokenizers: [], filters: [], deduplications: vocabulary.deduplications))
    let file = FilterSection(vocabulary: vocabulary).read(
      root, displayPath: displayPath, &reading)
    if let error = reading.diagnostics.error(in: displayPath) { throw error }
    guard let file else { throw .badData("\(displayPath): not a filter file") }
    return file
  }

  /// A place in this file as messages show it: `Filters/x.yaml:12:5`.
  public func place(_ mark: Mark) -> String { "\(displayPath):\(mark.line):\(mark.column)" }
}

/// One step of a filter file.
public enum FilterFileStep: Sendable, Equatable {
  /// A rule.
  case rule(FilterFileRule)
  /// A deduplication of all documents that have come so far.
  case deduplicate(Deduplication)
}

/// A rule of a filter file, with what is given of its parameters.
public struct FilterFileRule: Sendable, Equatable {
  /// The name of the rule.
  public var rule: String
  /// The name that what it does is counted under, where the file gives one.
  public var reason: String?
  /// The parameters that the file gives.
  public var parameters: [String: ParameterValue]

  /// Creates a step.
  public init(rule: String, reason: String?, parameters: [String: ParameterValue]) {
    self.rule = rule
    self.reason = reason
    self.parameters = parameters
  }
}
