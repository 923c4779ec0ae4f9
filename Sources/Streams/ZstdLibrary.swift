import CZstd

/// The zstd library that this process runs with.
public enum ZstdLibrary {
  /// Its version, as in `1.5.4`. Compressed bytes are equal only where versions are.
  public static var version: String { unsafe String(cString: ZSTD_versionString()) }

  /// The greatest window that is decoded: 2^27 bytes (128 MiB), which is also what the `zstd`
  /// command decodes unless told otherwise. It bounds the memory of an input.
  static let greatestWindowLog: Int32 = 27

  /// Whether an error result tells of sound data that this program does not decode.
  static func isUnsupported(_ result: Int) -> Bool {
    let code = ZSTD_getErrorCode(result)
    return code == ZSTD_error_frameParameter_windowTooLarge || code == ZSTD_error_dictionary_wrong
  }

  /// Nil when a result of the library is no error, else what to tell the user.
  static func problem(_ result: Int) -> String? {
    guard ZSTD_isError(result) != 0 else { return nil }
    switch ZSTD_getErrorCode(result) {
    case ZSTD_error_frameParameter_windowTooLarge:
      return "has a zstd window larger than 128 MiB, which is the limit; recompress it with"
        + " `zstd --long=27` or without --long"
    case ZSTD_error_dictionary_wrong:
      return "needs a zstd dictionary, which is not supported; recompress it without one"
    case ZSTD_error_prefix_unknown: return "bytes that are not zstd data where a frame should begin"
    case ZSTD_error_checksum_wrong: return "corrupt zstd data: the checksum does not fit"
    default: return "corrupt zstd data: \(unsafe String(cString: ZSTD_getErrorName(result)))"
    }
  }
}
