import Bytes
import Foundation
import Synchronization
import Testing

@testable import Pipeline

// The limit only ends a deadlock: on a busy machine tests wait long for their turn.
@Suite(.timeLimit(.minutes(10))) struct TaskPoolTests {
  @Test(arguments: 1...8)
  func outcomesAreInTheOrderOfTheTasks(workers: Int) {
    var random = testRandom("tasks \(workers)")
    for count in [0, 1, 3, 60] {
      let tasks = (0..<count).map { (id: $0, microseconds: random.below(1500)) }
      let running = Mutex((now: 0, most: 0))
      let outcomes = TaskPool(workers: workers).run(tasks, size: { UInt64($0.microseconds) }) {
        (task, _) throws(CuveeError) -> Int in
        running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        defer { running.withLock { $0.now -= 1 } }
        usleep(UInt32(task.microseconds))
        if task.id % 5 == 3 { throw .badData("task \(task.id)") }
        return task.id * 10
      }
      let wanted: [Result<Int, CuveeError>] = tasks.map {
        $0.id % 5 == 3 ? .failure(.badData("task \($0.id)")) : .success($0.id * 10)
      }
      #expect(outcomes == wanted)
      #expect(running.withLock { $0.most } <= workers)
    }
  }

  @Test func theLargestStartFirst() {
    let sizes: [UInt64] = [3, 9, 3, 0, 9, 12]
    let started = Mutex<[Int]>([])
    _ = TaskPool(workers: 1).run(Array(sizes.indices), size: { sizes[$0] }) {
      (task, _) throws(CuveeError) -> Int in
      started.withLock { $0.append(task) }
      return task
    }
    #expect(started.withLock { $0 } == [5, 1, 4, 0, 2, 3])
  }

  @Test func executorsInsideTasksEndToo() {
    // As in a stage: tasks of which some are many items, on few threads.
    let counts = [200, 3, 0, 50, 1]
    let outcomes = TaskPool(workers: 3).run(counts, size: { UInt64($0) }) {
      (count, _) throws(CuveeError) -> [Int] in
      var item = 0
      var results: [Int] = []
      try OrderedExecutor(workers: 2).run(
        next: { () throws(CuveeError) -> Int? in
          item += 1
          return item <= count ? item : nil
        },
        makeWorker: {}, work: { (_, item) throws(CuveeError) in item },
        commit: { result throws(CuveeError) in results.append(result) })
      return results
    }
    #expect(outcomes == counts.map { .success(Array(0..<$0).map { $0 + 1 }) })
  }
}
