import Bytes
import Foundation

/// One reader, several workers, commits in the order of reading: what comes out never depends on
/// the number of workers.
///
/// Each worker takes the next item under a lock, works on it alone, and whoever has finished the
/// item that is next in turn commits it and all that follow and are ready. At most four items a
/// worker are under way, so memory is bounded by batches. The executor begins with the caller's
/// thread and takes more from the crew whenever one is free.
struct OrderedExecutor: Sendable {
  private let crew: Crew

  /// Creates an executor that takes its threads from a crew.
  init(crew: Crew) { self.crew = crew }

  /// Creates an executor with threads of its own; fewer than one worker counts as one.
  init(workers: Int) { crew = Crew(size: workers) }

  /// Runs all items through the work and commits the results in order.
  ///
  /// - Parameters:
  ///   - next: Gives the next item, or nil at the end. Called by one thread at a time.
  ///   - makeWorker: Makes the state of one worker, on its own thread.
  ///   - work: Turns an item into a result. Called by several threads at once, each with its state.
  ///   - commit: Takes the results in the order of their items. Called by one thread at a time.
  /// - Throws: The error of the first item, in order, that failed; nothing after it is committed.
  func run<Item, Worker: ~Copyable, Result>(
    next: () throws(CuveeError) -> Item?,
    makeWorker: () -> Worker,
    work: (inout Worker, Item) throws(CuveeError) -> Result,
    commit: (Result) throws(CuveeError) -> Void
  ) throws(CuveeError) {
    let queue = TurnQueue<Result>(limit: 4 * crew.size)
    let loop: (() -> Void) -> Void = { beforeEach in
      var worker = makeWorker()
      while true {
        beforeEach()
        guard let (ordinal, item) = queue.read(next) else { break }
        do throws(CuveeError) {
          queue.put(.success(try work(&worker, item)), at: ordinal)
        } catch {
          queue.put(.failure(error), at: ordinal)
        }
        queue.commitReady(commit)
      }
      queue.commitReady(commit)
    }
    withoutActuallyEscaping(loop) { escaping in
      let shared = SharedBody(body: escaping)
      Threads.group { group in
        shared.body {
          while queue.mayRead, crew.take() {
            let started = group.start { [crew] in
              shared.body {}
              crew.give()
            }
            if !started {
              crew.give()
              return
            }
          }
        }
      }
    }
    if let failure = queue.failure { throw failure }
  }
}

/// The results that wait for their turn.
// Invariant: `next` is only called under `reading`; every property is only touched under
// `condition`; a commit runs outside it, but `committing` gives it to one thread at a time.
private final class TurnQueue<Result>: @unchecked Sendable {
  private let reading = NSLock()
  private let condition = NSCondition()
  private let limit: Int
  private var pending: [Int: Swift.Result<Result, CuveeError>] = [:]
  private var nextToRead = 0
  private var nextToCommit = 0
  private var readingEnded = false
  private var committing = false
  private(set) var failure: CuveeError?

  init(limit: Int) { self.limit = limit }

  /// Whether there may be more to read.
  var mayRead: Bool {
    condition.lock()
    defer { condition.unlock() }
    return !readingEnded && failure == nil
  }

  /// Waits for room and reads the next item; nil when there is nothing more to do.
  func read<Item>(_ next: () throws(CuveeError) -> Item?) -> (ordinal: Int, item: Item)? {
    reading.lock()
    defer { reading.unlock() }
    condition.lock()
    while nextToRead - nextToCommit >= limit && failure == nil { condition.wait() }
    let stop = readingEnded || failure != nil
    condition.unlock()
    if stop { return nil }
    do throws(CuveeError) {
      let item = try next()
      condition.lock()
      defer { condition.unlock() }
      guard let item else {
        readingEnded = true
        return nil
      }
      nextToRead += 1
      return (nextToRead - 1, item)
    } catch {
      // What was read before is still committed: the failure takes its place in the order.
      condition.lock()
      pending[nextToRead] = .failure(error)
      nextToRead += 1
      readingEnded = true
      condition.unlock()
      return nil
    }
  }

  func put(_ result: Swift.Result<Result, CuveeError>, at ordinal: Int) {
    condition.lock()
    pending[ordinal] = result
    condition.unlock()
  }

  /// Commits all results whose turn has come, unless another thread is at it.
  func commitReady(_ commit: (Result) throws(CuveeError) -> Void) {
    condition.lock()
    guard !committing else {
      condition.unlock()
      return
    }
    committing = true
    while failure == nil, let result = pending.removeValue(forKey: nextToCommit) {
      condition.unlock()
      var failed: CuveeError?
      do throws(CuveeError) {
        try commit(try result.get())
      } catch {
        failed = error
      }
      condition.lock()
      failure = failed
      nextToCommit += 1
      condition.broadcast()
    }
    committing = false
    condition.unlock()
  }
}
