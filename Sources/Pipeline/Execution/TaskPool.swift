import Bytes
import Foundation

/// Runs independent tasks on a fixed number of threads, the largest first.
///
/// A failed task does not stop the others. What the tasks give is in the order of the tasks,
/// whatever the number of workers.
struct TaskPool: Sendable {
  /// The number of threads.
  let workers: Int

  /// The outcome of every task, in the order of the tasks.
  ///
  /// - Parameters:
  ///   - tasks: What is to be done.
  ///   - size: How much work a task is; the largest start first.
  ///   - run: Does a task; it may take more threads from the crew.
  /// - Returns: What each task gave, or its error.
  func run<Task: Sendable, Outcome: Sendable>(
    _ tasks: [Task], size: (Task) -> UInt64,
    _ run: (Task, Crew) throws(CuveeError) -> Outcome
  ) -> [Result<Outcome, CuveeError>] {
    guard !tasks.isEmpty else { return [] }
    let order = tasks.indices.sorted { a, b in
      let (sizeA, sizeB) = (size(tasks[a]), size(tasks[b]))
      return sizeA != sizeB ? sizeA > sizeB : a < b
    }
    let concurrent = min(max(1, workers), tasks.count)
    let crew = Crew(size: workers, busy: concurrent)
    let ledger = Ledger<Outcome>(order: order)
    Threads.run(concurrent) { _ in
      while let index = ledger.take() {
        do throws(CuveeError) {
          ledger.put(.success(try run(tasks[index], crew)), at: index)
        } catch {
          ledger.put(.failure(error), at: index)
        }
      }
      crew.give()
    }
    return tasks.indices.map {
      ledger.outcomes[$0] ?? .failure(.failed("a task ended without an outcome"))
    }
  }

  /// Which tasks are taken and what they gave.
  // Invariant: every property is only touched under `lock` while the threads run.
  private final class Ledger<Outcome>: @unchecked Sendable {
    private let lock = NSLock()
    private let order: [Int]
    private var taken = 0
    private(set) var outcomes: [Int: Result<Outcome, CuveeError>] = [:]

    init(order: [Int]) { self.order = order }

    func take() -> Int? {
      lock.lock()
      defer { lock.unlock() }
      guard taken < order.count else { return nil }
      taken += 1
      return order[taken - 1]
    }

    func put(_ outcome: Result<Outcome, CuveeError>, at index: Int) {
      lock.lock()
      outcomes[index] = outcome
      lock.unlock()
    }
  }
}
