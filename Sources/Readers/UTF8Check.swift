import CSimdJSON
import Documents

/// Checks bytes of files for valid UTF-8.
enum UTF8Check {
  /// Checks bytes (with simdjson: several bytes a cycle).
  ///
  /// - Throws: `invalidUTF8` with the offset of the first bad byte.
  static func require(_ bytes: Span<UInt8>) throws(RecordProblem) {
    let isValid = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe cuvee_utf8_is_valid(buffer.baseAddress, buffer.count) != 0
    }
    if isValid { return }
    do throws(Unicode.UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes)
    } catch {
      let offset = error.byteOffsets.lowerBound
      let byte = String(bytes[offset], radix: 16, uppercase: true)
      throw RecordProblem(
        .invalidUTF8, "not valid UTF-8: byte 0x\(byte) at offset \(offset) of the record")
    }
    throw RecordProblem(.invalidUTF8, "not valid UTF-8")
  }
}
