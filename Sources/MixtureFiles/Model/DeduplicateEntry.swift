/// A deduplication across sources.
public struct DeduplicateEntry: Sendable, Equatable {
  /// Where the entry begins.
  public var mark: Mark
  /// The sources that are compared with each other, as listed.
  public var sources: [String]
  /// The same sources, the one whose documents are kept first; `sources` where nothing was said.
  public var priority: [String]
  /// What is compared and kept; nil only after an error was reported.
  public var deduplication: Deduplication?
}
