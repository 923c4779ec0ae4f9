import Glibc

/// Threads that end before the group does.
///
/// Threads are started nowhere else. They are real threads, not the cooperative pool, because
/// stages block in C code and on the disk. They are joined, not only waited for: a joined thread
/// has let go of everything that it captured.
final class Threads {
  private var started: [pthread_t] = []

  private init() {}

  /// Calls a body with a group, and waits for the threads that it has started.
  static func group(_ body: (Threads) -> Void) {
    let group = Threads()
    body(group)
    for thread in group.started { pthread_join(thread, nil) }
  }

  /// Runs `body(index)` for every index below `count`, each on its own thread; the caller's thread
  /// is one of them. Returns when all have ended.
  static func run(_ count: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { escaping in
      let shared = SharedBody(body: escaping)
      group { group in
        for index in 1..<max(1, count) { _ = group.start { shared.body(index) } }
        shared.body(0)
      }
    }
  }

  /// Starts a thread. What the body captures must be safe to use on several threads at once, and
  /// live until the group's end.
  ///
  /// - Returns: Whether the system had a thread to give; the body is not run otherwise.
  func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var thread: pthread_t = 0
    // Invariant: the box is retained here once and released once by the thread that takes it.
    let box = unsafe Unmanaged.passRetained(ThreadBody(body))
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().body()
        }
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      unsafe box.release()
      return false
    }
    started.append(thread)
    return true
  }
}

/// What a thread runs.
private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// A body that several threads run.
// Invariant: callers hand in bodies that are safe to run on several threads at once.
struct SharedBody<Argument>: @unchecked Sendable {
  let body: (Argument) -> Void
}
