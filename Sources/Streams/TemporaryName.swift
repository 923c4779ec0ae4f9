import Glibc
import Synchronization

/// Names that no other thread or living process of this machine makes.
public enum TemporaryName {
  private static let counter = Atomic<UInt64>(0)
  private static let ending = ".cuvee-temporary"

  /// A fresh name; it can only be taken by what a dead process left behind.
  static func make(for name: String) -> String {
    let ordinal = counter.wrappingAdd(1, ordering: .relaxed).newValue
    return "\(name).\(getpid()).\(ordinal)\(ending)"
  }

  /// Whether a name is one of these: a file of that name is half of something, and nobody misses it
  /// once its process is dead.
  public static func isOne(_ name: String) -> Bool { name.hasSuffix(ending) }
}
