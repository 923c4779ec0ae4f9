import Bytes

/// A key under which a barrier compares a document, or a piece of it, with all others.
public struct Signature: BitwiseCopyable, Sendable, Equatable {
  /// What is compared: a hash of the text, of a line, of a band of a MinHash.
  public var key: Hash128
  /// The document's ordinal in its part.
  public var document: UInt32
  /// Which piece of the document was signed (a line, a band); 0 where it is signed whole.
  public var piece: UInt32
  /// The smaller, the more the document is to be kept; 0 where its place alone decides.
  public var rank: UInt64

  /// Creates a signature.
  public init(key: Hash128, document: UInt32, piece: UInt32 = 0, rank: UInt64 = 0) {
    self.key = key
    self.document = document
    self.piece = piece
    self.rank = rank
  }
}

/// A signature among those of all parts.
///
/// Members are ordered by key, then by rank, part, document and piece: of equal keys the first has
/// the highest priority, for parts are in the order of it.
public struct BucketMember: BitwiseCopyable, Sendable, Equatable, Comparable {
  /// The key.
  public var key: Hash128
  /// The rank of the document's part, 0 first in priority.
  public var part: UInt32
  /// The document's ordinal in its part.
  public var document: UInt32
  /// Which piece of the document was signed.
  public var piece: UInt32
  /// The smaller, the more the document is to be kept.
  public var rank: UInt64

  /// Creates a member.
  public init(key: Hash128, part: UInt32, document: UInt32, piece: UInt32 = 0, rank: UInt64 = 0) {
    self.key = key
    self.part = part
    self.document = document
    self.piece = piece
    self.rank = rank
  }

  /// Orders members by key, then by rank, part, document and piece.
  public static func < (a: BucketMember, b: BucketMember) -> Bool {
    if a.key != b.key { return a.key < b.key }
    if a.rank != b.rank { return a.rank < b.rank }
    if a.part != b.part { return a.part < b.part }
    return a.document != b.document ? a.document < b.document : a.piece < b.piece
  }
}
