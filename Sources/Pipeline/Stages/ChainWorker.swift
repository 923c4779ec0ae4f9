import Documents
import Filters

/// Runs the rules of a chain over batches, for one worker, and takes samples.
final class ChainWorker {
  private var runner: FilterRunner
  private let collector: SampleCollector
  private let firstEntry: Int
  /// The entries of the source's account.
  let entries: Int

  /// Creates a worker.
  ///
  /// - Parameters:
  ///   - chain: The rules.
  ///   - firstEntry: The entry of the first rule in the source's account.
  ///   - entries: The entries of the account.
  init(_ chain: FilterChain, firstEntry: Int, entries: Int) {
    collector = SampleCollector(entries: entries, firstRule: firstEntry)
    runner = chain.makeRunner(firstReason: UInt16(firstEntry))
    if !chain.steps.isEmpty { runner.observer = collector }
    self.firstEntry = firstEntry
    self.entries = entries
  }

  /// Takes samples of what others drop.
  var samples: SampleCollector { collector }

  /// Marks and rewrites the documents of a batch.
  ///
  /// - Returns: What the rules have done, as an account of the source, and the samples since the last
  ///   call.
  func apply(to batch: inout DocumentBatch) -> (steps: [StepAccount], samples: [AuditSample]) {
    var steps: [StepAccount] = .empty(entries)
    if !runner.chain.steps.isEmpty {
      runner.apply(to: &batch)
      steps.add(runner.takeCounts(), from: firstEntry)
    }
    return (steps, collector.take())
  }
}
