import Bytes
import Foundation
import Synchronization
import Testing

@testable import Pipeline

// The limit only ends a deadlock: on a busy machine tests wait long for their turn.
@Suite(.timeLimit(.minutes(10))) struct OrderedExecutorTests {
  /// What a run of an executor did.
  struct Trace {
    var committed: [Int] = []
    var error: CuveeError?
    var mostUnderWay = 0
    var read = 0
  }

  /// Runs items `0..<count` through an executor; their results are the items doubled.
  ///
  /// The work on an item takes its microseconds, and fails where it is in `failing`. Reading fails
  /// in place of the item `nextFailsAt`, committing at the item `commitFailsAt`.
  private func run(
    workers: Int, count: Int, microseconds: [Int], failing: Set<Int> = [],
    nextFailsAt: Int? = nil, commitFailsAt: Int? = nil
  ) -> Trace {
    let underWay = Mutex((now: 0, most: 0))
    var trace = Trace()
    var item = 0
    do throws(CuveeError) {
      try OrderedExecutor(workers: workers).run(
        next: { () throws(CuveeError) -> Int? in
          if item == nextFailsAt { throw .io("next \(item)") }
          guard item < count else { return nil }
          underWay.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
          item += 1
          return item - 1
        },
        makeWorker: {},
        work: { (_, item) throws(CuveeError) -> Int in
          if microseconds[item] > 0 { usleep(UInt32(microseconds[item])) }
          if failing.contains(item) { throw .badData("work \(item)") }
          return item * 2
        },
        commit: { result throws(CuveeError) in
          if result / 2 == commitFailsAt { throw .failed("commit \(result / 2)") }
          trace.committed.append(result)
          underWay.withLock { $0.now -= 1 }
        })
    } catch {
      trace.error = error
    }
    trace.mostUnderWay = underWay.withLock { $0.most }
    trace.read = item
    return trace
  }

  private func times(_ count: Int, _ random: inout StableRandom) -> [Int] {
    // Most are short, some are long enough for many others to overtake.
    (0..<count).map { _ in random.below(8) == 0 ? random.below(3000) : random.below(50) }
  }

  @Test(arguments: 1...8)
  func commitsInTheOrderOfReading(workers: Int) {
    var random = testRandom("order \(workers)")
    for count in [0, 1, 2, 7, 150] {
      let trace = run(workers: workers, count: count, microseconds: times(count, &random))
      #expect(trace.error == nil)
      #expect(trace.committed == (0..<count).map { $0 * 2 })
      #expect(trace.mostUnderWay <= 4 * workers)
    }
  }

  @Test(arguments: 1...8)
  func theFirstFailureInOrderEndsTheRun(workers: Int) {
    var random = testRandom("failures \(workers)")
    for _ in 0..<12 {
      let failing = Set((0..<3).map { _ in random.below(60) })
      let trace = run(
        workers: workers, count: 60, microseconds: times(60, &random), failing: failing)
      let first = failing.min() ?? 0
      #expect(trace.error == .badData("work \(first)"))
      #expect(trace.committed == (0..<first).map { $0 * 2 })
      #expect(trace.read <= first + 4 * workers + 1)
    }
  }

  @Test(arguments: 1...8)
  func aLateFailureThatComesEarlyDoesNotWin(workers: Int) {
    // Item 2 takes long and fails; item 3 has failed long before.
    let trace = run(
      workers: workers, count: 40, microseconds: [0, 0, 30_000] + Array(repeating: 0, count: 37),
      failing: [2, 3, 5])
    #expect(trace.error == .badData("work 2"))
    #expect(trace.committed == [0, 2])
  }

  @Test(arguments: 1...8)
  func aFailureToReadTakesItsPlaceInTheOrder(workers: Int) {
    var random = testRandom("next \(workers)")
    for place in [0, 1, 9, 33] {
      let slow = times(40, &random)
      let trace = run(workers: workers, count: 40, microseconds: slow, nextFailsAt: place)
      #expect(trace.error == .io("next \(place)"))
      #expect(trace.committed == (0..<place).map { $0 * 2 })
      // An earlier item that fails later comes before it.
      guard place > 0 else { continue }
      let both = run(
        workers: workers, count: 40, microseconds: slow, failing: [place - 1], nextFailsAt: place)
      #expect(both.error == .badData("work \(place - 1)"))
      #expect(both.committed == (0..<place - 1).map { $0 * 2 })
    }
  }

  @Test(arguments: 1...8)
  func nothingIsCommittedAfterAFailedCommit(workers: Int) {
    var random = testRandom("commit \(workers)")
    for place in [0, 1, 17, 39] {
      let trace = run(
        workers: workers, count: 40, microseconds: times(40, &random), commitFailsAt: place)
      #expect(trace.error == .failed("commit \(place)"))
      #expect(trace.committed == (0..<place).map { $0 * 2 })
    }
  }

  @Test(arguments: [2, 5])
  func aSlowItemHoldsBackTheReader(workers: Int) {
    var slow = Array(repeating: 0, count: 400)
    slow[0] = 100_000
    let trace = run(workers: workers, count: 400, microseconds: slow)
    #expect(trace.committed == (0..<400).map { $0 * 2 })
    #expect(trace.mostUnderWay <= 4 * workers)
  }

  @Test(arguments: 2...4)
  func workersWorkAtTheSameTime(workers: Int) throws {
    // Each item waits until as many as there are workers have begun.
    let begun = NSCondition()
    var count = 0
    var item = 0
    var met = 0
    try OrderedExecutor(workers: workers).run(
      next: { () throws(CuveeError) -> Int? in
        item += 1
        return item <= workers ? item : nil
      },
      makeWorker: {},
      work: { (_, _) throws(CuveeError) -> Bool in
        begun.lock()
        defer { begun.unlock() }
        count += 1
        begun.broadcast()
        let deadline = Date(timeIntervalSinceNow: 30)
        while count < workers { if !begun.wait(until: deadline) { return false } }
        return true
      },
      commit: { reached throws(CuveeError) in if reached { met += 1 } })
    #expect(met == workers)
  }

  @Test(arguments: 1...8)
  func everyWorkerHasAStateOfItsOwn(workers: Int) throws {
    final class State: Sendable {
      let inUse = Atomic(false)
      let items = Atomic(0)
    }
    let states = Mutex<[State]>([])
    var item = 0
    var shared = 0
    try OrderedExecutor(workers: workers).run(
      next: { () throws(CuveeError) -> Int? in
        item += 1
        return item <= 200 ? item : nil
      },
      makeWorker: {
        let state = State()
        states.withLock { $0.append(state) }
        return state
      },
      work: { (state, item) throws(CuveeError) -> Bool in
        let (alone, _) = state.inUse.compareExchange(
          expected: false, desired: true, ordering: .acquiringAndReleasing)
        if item % 7 == 0 { usleep(200) }
        state.items.wrappingAdd(1, ordering: .relaxed)
        state.inUse.store(false, ordering: .releasing)
        return alone
      },
      commit: { alone throws(CuveeError) in if !alone { shared += 1 } })
    #expect(shared == 0)
    let counts = states.withLock { $0.map { $0.items.load(ordering: .relaxed) } }
    #expect(counts.reduce(0, +) == 200)
    #expect((1...workers).contains(counts.count))
  }

  @Test func fewerThanOneWorkerIsOne() {
    for workers in [0, -3] {
      let trace = run(workers: workers, count: 5, microseconds: [0, 0, 0, 0, 0])
      #expect(trace.committed == [0, 2, 4, 6, 8])
    }
  }
}
