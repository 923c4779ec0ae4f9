/// How many bytes one token takes in a row.
public enum TokenWidth: Int, Codable, Sendable {
  /// 16 bits, for vocabularies whose greatest id, special ids included, is below 65,536.
  case two = 2
  /// 32 bits, for all others.
  case four = 4

  /// The narrowest width that holds every id below a vocabulary's size.
  ///
  /// - Parameter vocabularySize: The greatest id plus one, special ids and sentinels included.
  public init(vocabularySize: Int) { self = vocabularySize <= 1 << 16 ? .two : .four }

  /// The width of a type that the manifest names, or nil when it is not one of the two.
  public init?(dtype: String) {
    switch dtype {
    case "uint16": self = .two
    case "uint32": self = .four
    default: return nil
    }
  }

  /// The name of the type as NumPy, MosaicML Streaming and the manifest have it.
  public var dtype: String { self == .two ? "uint16" : "uint32" }
}
