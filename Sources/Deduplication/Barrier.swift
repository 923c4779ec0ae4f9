import Bytes
import Documents

/// A step that needs the whole corpus before a document can go on.
///
/// It runs in three stages. *Sign*, per part: every document gives keys, routed to buckets by
/// their top bits. *Resolve*, per bucket: the members of equal keys, of all parts, are decided
/// on. *Mark*, per part: what was decided is gathered from all buckets. Memory is bounded by a
/// part's batch, a bucket and a part's removals, whatever the size of the corpus.
public protocol Barrier: Sendable {
  /// The stable name: the key of the mixture file, and the reason of the drops.
  static var name: String { get }
  /// The version of its keys and decisions; a change makes earlier work stale.
  static var version: Int { get }

  /// What it removes.
  var scope: BarrierScope { get }
  /// Which of equals it keeps.
  var keep: KeepRule { get }

  /// Appends the keys of a batch's documents. Dropped documents give none.
  ///
  /// - Parameters:
  ///   - batch: Documents of one part, in their order.
  ///   - firstDocument: The ordinal, in the part, of the batch's first document.
  ///   - signatures: The keys are appended here.
  func sign(
    _ batch: borrowing DocumentBatch, firstDocument: UInt32, into signatures: inout [Signature])

  /// Decides about the members of a bucket.
  ///
  /// - Parameters:
  ///   - members: All members of the bucket, in their order: equal keys lie together, the
  ///     highest priority first.
  ///   - removals: What goes is added here.
  func resolve(_ members: Span<BucketMember>, into removals: inout BucketRemovals)
}

/// What a barrier removes.
public enum BarrierScope: Sendable {
  /// Whole documents.
  case documents
  /// Lines of documents: the piece of a removal is the line's ordinal.
  case lines
}

extension Barrier {
  /// Keeps the first member of every key and removes the others for its sake.
  public func resolve(_ members: Span<BucketMember>, into removals: inout BucketRemovals) {
    var first = 0
    for index in members.indices.dropFirst() {
      if members[index].key == members[first].key {
        removals.remove(members[index], keeping: members[first])
      } else {
        first = index
      }
    }
  }
}
