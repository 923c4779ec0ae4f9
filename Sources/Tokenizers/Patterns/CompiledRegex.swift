import Bytes
import CPCRE2

/// A pattern compiled by PCRE2 with its just-in-time compiler, over the symbols of its alphabet.
// Invariant: `code` comes from pcre2_compile, is freed once in deinit, and is never changed after
// init; PCRE2 lets any number of threads match with one compiled pattern.
@safe final class CompiledRegex: @unchecked Sendable {
  /// The pattern as written.
  let pattern: String
  let alphabet: SymbolAlphabet
  let code: OpaquePointer

  /// Compiles a pattern.
  ///
  /// - Throws: `badData` naming what is not supported.
  init(_ pattern: String, dialect: RegexDialect, place: String) throws(CuveeError) {
    let node = try RegexParser.parse(pattern, dialect: dialect, place: place)
    guard let alphabet = SymbolAlphabet(node.sets) else {
      throw .badData("\(place): the pattern tells more than 256 kinds of characters apart")
    }
    self.pattern = pattern
    self.alphabet = alphabet
    let source = Array(node.source(alphabet).utf8)
    var status: Int32 = 0
    var offset = 0
    let compiled = unsafe source.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(
        buffer.baseAddress, buffer.count, UInt32(PCRE2_DOTALL), &status, &offset, nil)
    }
    guard let compiled = unsafe compiled else {
      throw .badData("\(place): the pattern \(pattern) is not supported: \(Self.message(status))")
    }
    unsafe code = compiled
    // Without the just-in-time compiler matching is slower and gives the same.
    unsafe pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))
  }

  deinit { unsafe pcre2_code_free_8(code) }

  private static func message(_ status: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    let length = unsafe text.withUnsafeMutableBufferPointer { buffer in
      unsafe pcre2_get_error_message_8(status, buffer.baseAddress, buffer.count)
    }
    return String(decoding: text.prefix(max(0, Int(length))), as: UTF8.self)
  }
}
