import Bytes

/// Gives the uncompressed bytes of a file step by step: what `ByteInput` is made of.
protocol ByteDecoder: AnyObject {
  /// Appends at most `count` bytes, `count` being more than zero; 0 only at the end of the file.
  func step(into buffer: inout [UInt8], atMost count: Int) throws(StreamFailure) -> Int

  /// Goes to an offset at or after the current one where that is possible without reading.
  func seek(to offset: UInt64) -> Bool

  /// Bytes of the file used so far.
  var fileOffset: UInt64 { get }
}

extension ByteDecoder {
  func seek(to offset: UInt64) -> Bool { false }
}

/// Why a decoder cannot go on.
enum StreamFailure: Error {
  /// The compressed data are bad; the place is added by who knows it.
  case corrupt(String)
  /// The data are sound, but of a kind that is not decoded; the place is added by who knows it.
  case unsupported(String)
  /// Something else, already in words.
  case other(CuveeError)

  /// The error for users: an offset in the uncompressed content of a file, and what is wrong.
  func described(at position: UInt64, of displayPath: String) -> CuveeError {
    switch self {
    case .other(let error): error
    case .unsupported(let problem): .badData("\(displayPath): \(problem)")
    case .corrupt(let problem):
      .badData(
        "\(displayPath): at byte \(position) of its uncompressed content: \(problem);"
          + " fetch the file again")
    }
  }
}
