import Bytes

/// A text part with the removals that barriers have marked so far.
struct MarkedTextPart: Sendable {
  let text: TextPart
  /// The keys of the marks, in the order of the barriers.
  var marks: [Digest] = []
  /// The digests of the removals themselves: what later stages depend on.
  var removalDigests: [Digest] = []
  /// The reason of each barrier's removals.
  var reasons: [String] = []
}
