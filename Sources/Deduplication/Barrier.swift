import Bytes
import Declarations
import Documents

/// A step that needs the whole corpus before a document can go on.
///
/// It runs in three stages. *Sign*, per part: every document gives keys, routed to slots by
/// their top bits. *Resolve*, per bucket, which is a run of slots: of the members of equal keys, of
/// all parts, the first stays and the others go. *Mark*, per part: what was decided is gathered from
/// all buckets. Memory is bounded by a part's batches, a bucket and a part's removals, whatever the
/// size of the corpus.
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
}
