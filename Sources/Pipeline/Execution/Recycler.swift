import Foundation

/// Objects that have been used and wait for their next use.
// Invariant: `free` is only touched under `lock`.
final class Recycler<Object: AnyObject>: @unchecked Sendable {
  private let lock = NSLock()
  private var free: [Object] = []

  /// An object that waits, if there is one.
  func take() -> Object? {
    lock.lock()
    defer { lock.unlock() }
    return free.popLast()
  }

  /// Takes an object back.
  func put(_ object: Object) {
    lock.lock()
    free.append(object)
    lock.unlock()
  }
}
