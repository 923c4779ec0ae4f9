import Foundation
import Glibc

/// Programs that run ours under restrictions: their command lines, which ours follows.
enum Wrapper {
  /// Takes from root what lets it read every file; nil where that cannot be done.
  static let withoutCapabilities: [String]? = {
    if geteuid() != 0 { return ["/usr/bin/env"] }
    let path = "/usr/bin/setpriv"
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    return [path, "--bounding-set=-all", "--inh-caps=-all"]
  }()

  /// Whether memory can be limited: the address sanitizer maps terabytes that it never fills.
  static let limitsMemory = ProcessInfo.processInfo.environment["CUVEE_SANITIZED"] == nil

  /// Limits the memory for data: a build that wants more dies.
  static func limitingData(kibibytes: Int) -> [String] {
    ["/bin/sh", "-c", "ulimit -d \(kibibytes) && exec \"$@\"", "sh"]
  }
}
