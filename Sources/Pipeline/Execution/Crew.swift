import Foundation

/// The threads that the tasks of a stage share.
///
/// A task begins with the thread that runs it and takes more as others become free, so that the
/// last large part of a stage does not leave the other processors idle.
// Invariant: `spare` is only touched under `lock`.
final class Crew: @unchecked Sendable {
  /// All threads, busy or not.
  let size: Int
  private let lock = NSLock()
  private var spare: Int

  /// Creates a crew.
  ///
  /// - Parameters:
  ///   - size: All threads.
  ///   - busy: Those that have work from the start.
  init(size: Int, busy: Int = 1) {
    self.size = max(1, size)
    spare = max(0, size - busy)
  }

  /// Takes a thread, if one is free.
  func take() -> Bool {
    lock.lock()
    defer { lock.unlock() }
    guard spare > 0 else { return false }
    spare -= 1
    return true
  }

  /// Gives a thread back.
  func give() {
    lock.lock()
    spare += 1
    lock.unlock()
  }
}
