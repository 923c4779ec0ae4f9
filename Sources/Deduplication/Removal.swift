/// A document of some part.
public struct DocumentPlace: BitwiseCopyable, Sendable, Equatable, Comparable {
  /// The rank of the part.
  public var part: UInt32
  /// The document's ordinal in it.
  public var document: UInt32

  /// Creates a place.
  public init(part: UInt32, document: UInt32) {
    self.part = part
    self.document = document
  }

  /// Orders places by part, then document.
  public static func < (a: DocumentPlace, b: DocumentPlace) -> Bool {
    a.part != b.part ? a.part < b.part : a.document < b.document
  }
}

/// A document, or a piece of it, that goes because another one stays.
///
/// Removals are ordered by document, then piece, then by what is kept.
public struct Removal: BitwiseCopyable, Sendable, Equatable, Comparable {
  /// The document's ordinal in its part.
  public var document: UInt32
  /// Which piece of it; 0 where it goes whole.
  public var piece: UInt32
  /// The document that stays instead.
  public var kept: DocumentPlace

  /// Creates a removal.
  public init(document: UInt32, piece: UInt32 = 0, kept: DocumentPlace) {
    self.document = document
    self.piece = piece
    self.kept = kept
  }

  /// Orders removals by document, then piece, then what is kept.
  public static func < (a: Removal, b: Removal) -> Bool {
    if a.document != b.document { return a.document < b.document }
    return a.piece != b.piece ? a.piece < b.piece : a.kept < b.kept
  }
}
