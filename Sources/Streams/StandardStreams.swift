import Glibc
import Synchronization

/// Standard input, output and error, which a caller may have closed.
public enum StandardStreams {
  private static let outputIsClosed = Atomic<Bool>(false)
  private static let outputWasWritten = Atomic<Bool>(false)

  /// Whether anything has been written to standard output yet.
  public static var hasWritten: Bool { outputWasWritten.load(ordering: .relaxed) }

  /// Opens the descriptors 0 to 2 that are closed, so that no file of a build gets their numbers and
  /// takes what is printed. Called once, before any file is opened.
  public static func open() {
    for number in Int32(0)...2 where fcntl(number, F_GETFD) == -1 && errno == EBADF {
      if number == 1 { outputIsClosed.store(true, ordering: .relaxed) }
      // The lowest free number is this one: those below are open by now.
      _ = unsafe Glibc.open("/dev/null", number == 0 ? O_RDONLY : O_WRONLY)
    }
  }

  /// Writes bytes to standard output.
  ///
  /// - Returns: Why it failed, in words; nil where it did not.
  public static func write(_ bytes: [UInt8]) -> String? {
    outputWasWritten.store(true, ordering: .relaxed)
    if outputIsClosed.load(ordering: .relaxed) { return "it is closed" }
    return write(bytes, to: 1)
  }

  /// Writes bytes to standard error; a failure has nowhere to be told.
  public static func writeError(_ bytes: [UInt8]) { _ = write(bytes, to: 2) }

  /// Whether standard error is a terminal.
  public static var errorIsTerminal: Bool { isatty(2) == 1 }

  /// The columns of the terminal that standard error is, as it is now; nil where it is none.
  public static var errorWidth: Int? {
    var size = winsize()
    return unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : nil
  }

  private static func write(_ bytes: [UInt8], to number: Int32) -> String? {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { raw in
        unsafe Glibc.write(number, raw.baseAddress.map { unsafe $0 + done }, raw.count - done)
      }
      if count > 0 {
        done += count
      } else if count < 0, errno == EAGAIN {
        // A terminal or pipe that was made non-blocking by another program: wait for room.
        var wait = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&wait, 1, -1)
      } else if count < 0, errno != EINTR {
        return SystemFailure.last.words
      }
    }
    return nil
  }
}
