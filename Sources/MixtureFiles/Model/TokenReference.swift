/// A token that a mixture file names for a purpose, or says that there is none.
public enum TokenReference: Sendable, Equatable {
  /// By its id.
  case id(UInt32)
  /// By its text, as in `<s>`.
  case text(String)
  /// None, on purpose.
  case none
}
