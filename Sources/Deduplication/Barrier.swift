import Bytes
import Declarations
import Documents

/// A step that needs the whole corpus before a document can go on.
///
/// It runs in three stages. *Sign*, per part: every document gives keys, routed to buckets by
/// their top bits. *Resolve*, per bucket: the members of equal keys, of all parts, are decided
/// on. *Mark*, per part: what was decided is gathered from all buckets. Memory is bounded by a
/// part's batch, a bucket and a part's removals, whatever the size of the corpus.
public protocol Barrier: Component {
  /// The stable name of the reason for what it removes.
  static var reason: String { get }

  /// Creates the barrier with what a file says.
  ///
  /// - Throws: `badData`, without a place, where values that are each of their kind do not fit together.
  init(parameters: Parameters) throws(CuveeError)

  /// The values of its parameters: with its name and version all that its work depends on.
  var values: Parameters { get }
  /// What it removes.
  var scope: BarrierScope { get }
  /// Which of equals it keeps.
  var keep: KeepRule { get }
  /// Whether it looks at the URLs of documents, besides what `keep` looks at.
  var needsURLs: Bool { get }

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
  /// Which of equals it keeps: what the barriers of today have.
  public static var parameters: [Parameter] {
    [.choice("keep", standard: KeepRule.first, "which of equals stays")]
  }

  /// Adds to a key all that its work depends on.
  public func add(to key: inout KeyBuilder) {
    key.add("barrier", Self.name)
    key.add("version", Self.version)
    values.add(to: &key)
  }

  /// Most look at the text alone.
  public var needsURLs: Bool { false }

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
