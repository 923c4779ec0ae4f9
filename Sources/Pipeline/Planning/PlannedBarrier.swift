import Bytes
import Deduplication
import MixtureFiles

/// A barrier of a plan: the step, and the sources it looks at in the order of their priority.
struct PlannedBarrier: Sendable {
  /// The barrier.
  let barrier: any Barrier
  /// The ordinals of the sources, first in priority first, with the entries of the barrier in the
  /// account of each.
  let sources: [(source: Int, entries: [Int])]
}
