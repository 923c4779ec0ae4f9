import Bytes
import Glibc

/// An open file, closed when the value goes away. Interrupted calls are repeated.
struct FileDescriptor: ~Copyable, Sendable {
  private var number: Int32
  /// The path as users know it, for messages.
  let path: String
  /// What the file was when it was opened to be read; nil for files opened in another way.
  let statusWhenOpened: FileStatus?

  /// Opens a path.
  init(_ path: String, flags: Int32, displayPath: String? = nil) throws(SystemFailure) {
    self.init(number: try Self.open(path, flags), path: displayPath ?? path, nil)
  }

  /// Opens a file to read; directories are refused.
  init(reading path: String, displayPath: String) throws(CuveeError) {
    let number: Int32
    do {
      number = try Self.open(path, O_RDONLY)
    } catch {
      throw error.input(displayPath, at: path)
    }
    let file = FileDescriptor(number: number, path: displayPath, nil)
    let status = try file.status()
    if status.isDirectory { throw .missingInput("\(displayPath): is a directory") }
    self = FileDescriptor(taking: file, status)
  }

  private init(number: Int32, path: String, _ status: FileStatus?) {
    self.number = number
    self.path = path
    statusWhenOpened = status
  }

  private init(taking other: consuming FileDescriptor, _ status: FileStatus) {
    self.init(number: other.release(), path: other.path, status)
  }

  /// Gives up the number, which `deinit` then leaves open.
  private mutating func release() -> Int32 {
    defer { number = -1 }
    return number
  }

  private static func open(_ path: String, _ flags: Int32) throws(SystemFailure) -> Int32 {
    while true {
      let number = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o666)
      if number >= 0 { return number }
      if errno != EINTR { throw SystemFailure.last }
    }
  }

  deinit { if number >= 0 { Glibc.close(number) } }

  /// What the file is.
  func status() throws(CuveeError) -> FileStatus {
    var record = stat()
    if unsafe fstat(number, &record) != 0 {
      throw .io("\(path): cannot be examined: \(SystemFailure.last.words)")
    }
    return FileStatus(record)
  }

  /// Reads at most the buffer's size from the current position; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(CuveeError) -> Int {
    while true {
      let count = unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw .io("\(path): cannot be read: \(SystemFailure.last.words)") }
    }
  }

  /// Reads at most the buffer's size from an offset; 0 at the end.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64
  ) throws(CuveeError) -> Int {
    guard let place = Int(exactly: offset) else { return 0 }
    while true {
      let count = unsafe pread(number, buffer.baseAddress, buffer.count, place)
      if count >= 0 { return count }
      if errno != EINTR { throw .io("\(path): cannot be read: \(SystemFailure.last.words)") }
    }
  }

  /// Writes all bytes.
  func write(_ bytes: Span<UInt8>) throws(CuveeError) {
    var done = 0
    while done < bytes.count {
      let rest = bytes.extracting(done..<bytes.count)
      let count = unsafe rest.withUnsafeBytes { raw in
        unsafe Glibc.write(number, raw.baseAddress, raw.count)
      }
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw SystemFailure.last.output(path, "cannot be written")
      }
    }
  }

  /// Tells the kernel that the file will be read from start to end.
  func expectSequentialReads() {
    // Advice only: a failure changes nothing but speed.
    _ = posix_fadvise(number, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  /// Waits until the file's bytes are on the disk.
  func synchronize() throws(CuveeError) {
    while fsync(number) != 0 {
      switch errno {
      case EINTR: continue
      // Pipes and devices have nothing to synchronise.
      case EINVAL, EROFS, ENOTSUP: return
      default: throw SystemFailure.last.output(path, "cannot be brought to the disk")
      }
    }
  }

  /// Closes the file; unlike `deinit`, tells of a failure.
  mutating func close() throws(CuveeError) {
    let closing = number
    number = -1
    // After EINTR the descriptor is closed on Linux; a second close might hit another file.
    if closing >= 0 && Glibc.close(closing) != 0 && errno != EINTR {
      throw SystemFailure.last.output(path, "cannot be closed")
    }
  }

  /// Makes this file a clone of another; false where the file system cannot.
  func clone(_ other: borrowing FileDescriptor, request: UInt) -> Bool {
    ioctl(number, request, other.number) == 0
  }

  /// Applies or tries an advisory lock (`LOCK_SH`, `LOCK_EX`, with `LOCK_NB` to only try).
  func lock(_ operation: Int32) throws(SystemFailure) {
    while flock(number, operation) != 0 {
      if errno != EINTR { throw SystemFailure.last }
    }
  }

  /// Cuts the file to no bytes.
  func truncate() throws(SystemFailure) {
    if ftruncate(number, 0) != 0 { throw SystemFailure.last }
  }
}
