/// How documents are laid into rows: a value of `packing`.
public enum PackingKind: String, ChoiceSet {
  /// One stream of documents, cut into rows.
  case concatenate
  /// Documents where they fit best.
  case bestFit = "best-fit"
  /// One document a row.
  case oneDocument = "one-document"

  /// What it means, as one line of the reference.
  public var summary: String {
    switch self {
    case .concatenate: "one stream of documents, cut into rows"
    case .bestFit: "documents where they fit best, so that few are cut"
    case .oneDocument: "one document a row"
    }
  }

  /// Whether this version can do it.
  public var isSupported: Bool { self == .concatenate }
}
