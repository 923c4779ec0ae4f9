import Bytes
import Glibc

/// A system call's error number, and the words that users see for it.
struct SystemFailure: Error {
  /// The value of `errno` after the call.
  var code: Int32

  /// The error of the call that has just failed on this thread.
  static var last: SystemFailure { SystemFailure(code: errno) }

  /// The C library's words for the error.
  var words: String { unsafe String(cString: strerror(code)) }

  /// The error of an output: what could not be done to which path, and what to do.
  func output(_ path: String, _ action: String) -> CuveeError {
    switch code {
    case ENOSPC, EDQUOT:
      .io("\(path): \(action): \(words); free some space and run the same command again")
    default: .io("\(path): \(action): \(words)")
    }
  }

  /// The error of an input that could not be opened.
  ///
  /// - Parameters:
  ///   - path: The path as the message shows it.
  ///   - location: Where the file was looked for.
  /// - Returns: The error, with the name that was most likely meant.
  func input(_ path: String, at location: String) -> CuveeError {
    switch code {
    case ENOENT, ENOTDIR:
      .missingInput(
        "\(path): no such file" + NearestFile.hint(for: location, displayPath: path))
    default: .missingInput("\(path): cannot be opened: \(words)")
    }
  }
}
