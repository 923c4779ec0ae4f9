import Declarations

/// A named corpus of a mixture.
public struct Source: Sendable, Equatable {
  /// The name: letters, digits, `.`, `_` and `-`; it names folders of the output.
  public var name: String
  /// Where the file names it.
  public var mark: Mark
  /// Patterns of the input files, as written.
  public var paths: [Marked<String>]
  /// The name of the format, one that the vocabulary knows.
  public var format: Marked<String>
  /// The template of a document's text, where the format takes one.
  public var text: Marked<String>?
  /// The template of a document's id, where the format takes one.
  public var id: Marked<String>?
  /// The template of a document's URL, where the format takes one.
  public var url: Marked<String>?
  /// The template of a document's time, where the format takes one.
  public var timestamp: Marked<String>?
  /// The options of the format, of the kinds that the vocabulary asks for.
  public var options: [String: Marked<ParameterValue>]
  /// What is done with the documents, in order.
  public var steps: [Marked<Step>]
}

/// One entry of a source's `steps`.
public enum Step: Sendable, Equatable {
  /// A filter, by the name of its file.
  case filter(String)
  /// A deduplication within the source.
  case deduplicate(Deduplication)
}
