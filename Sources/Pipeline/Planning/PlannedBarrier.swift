import Bytes
import Deduplication
import MixtureFiles

/// A barrier of a plan: the step, and the sources it looks at in the order of their priority.
struct PlannedBarrier: Sendable {
  /// What a person reads, as in `deduplicate cot, p3, ni, pile`.
  let label: String
  /// The reason under which its removals are counted.
  let reason: String
  /// The barrier.
  let barrier: any Barrier
  /// The ordinals of the sources, first in priority first.
  let sources: [Int]

  /// The barriers of a mixture: each source's own in their order, then those across sources.
  static func all(of mixture: MixtureFile) -> [PlannedBarrier] {
    var barriers: [PlannedBarrier] = []
    for (index, source) in mixture.sources.enumerated() {
      for step in source.steps {
        if case .deduplicate = step.value {
          barriers.append(exact([index], mixture))
        }
      }
    }
    let indexes = mixture.sourceIndexes
    for entry in mixture.deduplicate {
      barriers.append(exact(entry.priority.compactMap { indexes[$0] }, mixture))
    }
    return barriers
  }

  private static func exact(_ sources: [Int], _ mixture: MixtureFile) -> PlannedBarrier {
    let names = sources.map { mixture.sources[$0].name }.joined(separator: ", ")
    return PlannedBarrier(
      label: "deduplicate \(names)", reason: DropReason.exactDuplicate, barrier: ExactDuplicates(),
      sources: sources)
  }
}
