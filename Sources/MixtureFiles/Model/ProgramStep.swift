/// An entry of `steps` at the top of the file: what is done with the documents of some sources after
/// the steps of their own.
public struct ProgramStep: Sendable, Equatable {
  /// What is done.
  public enum Operation: Sendable, Equatable {
    /// A filter, by the name or path of its file, for each of the sources by itself.
    case filter(Marked<String>)
    /// A deduplication of all documents of the sources together.
    case deduplicate(Deduplication)
  }

  /// Where the entry begins.
  public var mark: Mark
  /// The names of the sources, the one whose documents are kept first.
  public var sources: [String]
  /// What is done; nil only after an error was reported.
  public var operation: Operation?
}

extension MixtureFile {
  /// What is done after the sources' own steps, in order: `steps`, then `deduplicate`.
  public var program: [ProgramStep] {
    steps
      + deduplicate.map {
        ProgramStep(
          mark: $0.mark, sources: $0.priority,
          operation: $0.deduplication.map { .deduplicate($0) })
      }
  }
}
