import Bytes
import Foundation

/// Runs a body on several threads and waits for all of them.
///
/// Threads are started nowhere else. They are real threads, not the cooperative pool, because
/// stages block in C code and on the disk.
enum Threads {
  /// Runs `body(index)` for every index below `count`, each on its own thread; the caller's thread
  /// is one of them. Returns when all have ended.
  static func run(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1 else {
      body(0)
      return
    }
    withoutActuallyEscaping(body) { escaping in
      let shared = Shared(body: escaping, running: count - 1)
      for index in 1..<count {
        let thread = Thread { shared.work(index) }
        thread.stackSize = 8 << 20
        thread.start()
      }
      shared.body(0)
      shared.wait()
    }
  }

  /// The body and the count of threads that still run it.
  // Invariant: `running` is only touched under `condition`; `body` is immutable, and callers hand
  // in bodies that are safe to run on several threads at once.
  private final class Shared: @unchecked Sendable {
    let body: (Int) -> Void
    private var running: Int
    private let condition = NSCondition()

    init(body: @escaping (Int) -> Void, running: Int) {
      self.body = body
      self.running = running
    }

    func work(_ index: Int) {
      body(index)
      condition.lock()
      running -= 1
      condition.signal()
      condition.unlock()
    }

    func wait() {
      condition.lock()
      while running > 0 { condition.wait() }
      condition.unlock()
    }
  }
}
