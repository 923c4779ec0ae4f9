/// What the resolution of one bucket removes, of all parts.
public struct BucketRemovals: Sendable, Equatable {
  /// A removal with the part of the document that goes.
  struct Entry: BitwiseCopyable, Sendable, Equatable, Comparable {
    var part: UInt32
    var removal: Removal

    static func < (a: Entry, b: Entry) -> Bool {
      a.part != b.part ? a.part < b.part : a.removal < b.removal
    }
  }

  /// Sorted once the bucket is resolved.
  private(set) var entries: [Entry] = []

  /// Creates an empty list.
  public init() {}

  /// The number of removals.
  public var count: Int { entries.count }

  /// Removes a member because another one stays.
  public mutating func remove(_ member: BucketMember, keeping kept: BucketMember) {
    let place = DocumentPlace(part: kept.part, document: kept.document)
    let removal = Removal(document: member.document, piece: member.piece, kept: place)
    entries.append(Entry(part: member.part, removal: removal))
  }

  /// The removals of a part, in their order.
  public func removals(ofPart part: UInt32) -> [Removal] {
    entries.filter { $0.part == part }.map(\.removal)
  }

  mutating func sort() { entries.sort() }
}
