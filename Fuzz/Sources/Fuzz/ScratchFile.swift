import Glibc

/// A file without a name in memory, which is given new content again and again.
struct ScratchFile: Sendable {
  private let number: Int32

  /// A path under which it can be opened by this process.
  var path: String { "/proc/self/fd/\(number)" }

  init() {
    var name = Array("/dev/shm/cuvee-fuzz-XXXXXX".utf8CString)
    number = unsafe mkstemp(&name)
    let isOpen = unsafe number >= 0 && unlink(&name) == 0
    require(isOpen, "no file in /dev/shm: \(errno)")
  }

  /// Replaces the content.
  func write(_ bytes: [UInt8]) {
    require(ftruncate(number, 0) == 0, "ftruncate: \(errno)")
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes[done...].withUnsafeBytes {
        unsafe pwrite(number, $0.baseAddress, $0.count, done)
      }
      require(written > 0, "pwrite: \(errno)")
      done += written
    }
  }
}
