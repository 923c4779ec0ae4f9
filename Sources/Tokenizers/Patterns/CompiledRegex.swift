import Bytes
import CPCRE2

/// A pattern that is read and not yet compiled.
struct RegexPattern: Sendable {
  /// As written.
  let text: String
  let node: RegexNode

  init(text: String, node: RegexNode) {
    self.text = text
    self.node = node
  }

  /// Reads a pattern.
  ///
  /// - Throws: `badData` naming what is not supported.
  init(_ text: String, dialect: RegexDialect, place: String) throws(CuveeError) {
    self.text = text
    node = try RegexParser.parse(text, dialect: dialect, place: place)
  }
}

/// A pattern compiled by PCRE2 with its just-in-time compiler, over the symbols of its alphabet.
// Invariant: `code` comes from pcre2_compile, is freed once in deinit, and is never changed after
// init; PCRE2 lets any number of threads match with one compiled pattern.
@safe final class CompiledRegex: @unchecked Sendable {
  let alphabet: SymbolAlphabet
  /// The symbol of each byte, where bytes are the characters.
  let symbolsOfBytes: [UInt8]?
  let code: OpaquePointer

  /// Compiles a pattern.
  ///
  /// - Throws: `badData` naming what is not supported.
  init(_ pattern: RegexPattern, overBytes: Bool = false, place: String) throws(CuveeError) {
    let node = pattern.node
    guard let alphabet = SymbolAlphabet(node.sets) else {
      throw .badData("\(place): the pattern tells more than 256 kinds of characters apart")
    }
    symbolsOfBytes =
      overBytes
      ? (UInt8.min...UInt8.max).map { alphabet.symbol(ByteLevelVocabulary.character($0)) } : nil
    self.alphabet = alphabet
    let source = Array(node.source(alphabet).utf8)
    var status: Int32 = 0
    var offset = 0
    let compiled = unsafe source.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(
        buffer.baseAddress, buffer.count, UInt32(PCRE2_DOTALL), &status, &offset, nil)
    }
    guard let compiled = unsafe compiled else {
      throw .badData(
        "\(place): the pattern \(pattern.text) is not supported: \(Self.message(status))")
    }
    unsafe code = compiled
    // Without the just-in-time compiler matching is slower and gives the same.
    unsafe pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))
  }

  /// Reads and compiles a pattern.
  ///
  /// - Throws: `badData` naming what is not supported.
  convenience init(_ text: String, dialect: RegexDialect, place: String) throws(CuveeError) {
    try self.init(RegexPattern(text, dialect: dialect, place: place), place: place)
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
