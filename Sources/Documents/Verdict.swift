/// What happens to a document: it is kept, or dropped for a reason.
public enum Verdict: Sendable, Equatable, BitwiseCopyable {
  /// The document goes on.
  case keep
  /// The document is dropped; the number is the reason's index in the source's list of reasons.
  case drop(reason: UInt16)
}
