import Glibc
import Synchronization

/// Names that no other thread or living process of this machine makes.
enum TemporaryName {
  private static let counter = Atomic<UInt64>(0)

  /// A fresh name; it can only be taken by what a dead process left behind.
  static func make(for name: String) -> String {
    let ordinal = counter.wrappingAdd(1, ordering: .relaxed).newValue
    return "\(name).\(getpid()).\(ordinal)"
  }
}
