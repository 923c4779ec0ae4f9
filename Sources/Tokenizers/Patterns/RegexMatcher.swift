import Bytes
import CPCRE2

/// Finds the matches of a pattern in one text after another, on one thread.
// Invariant: the PCRE2 objects are made in init for this object alone, freed once in deinit, and
// used by one thread at a time.
@safe final class RegexMatcher {
  /// Where a match begins and ends, in bytes.
  struct Match {
    var start: Int
    var end: Int
  }

  private static let firstStack = 32 << 10
  private static let greatestStack = 512 << 20

  private let regex: CompiledRegex
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?
  private var symbols: [UInt8] = []

  /// Creates a matcher of its own for a worker.
  init(_ regex: CompiledRegex) {
    self.regex = regex
    guard let data = unsafe pcre2_match_data_create_8(1, nil),
      let context = unsafe pcre2_match_context_create_8(nil)
    else { fatalError("out of memory") }
    unsafe self.data = data
    unsafe self.context = context
    unsafe stack = pcre2_jit_stack_create_8(Self.firstStack, Self.greatestStack, nil)
    unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
    unsafe pcre2_set_match_limit_8(context, UInt32.max)
    unsafe pcre2_set_depth_limit_8(context, UInt32.max)
    unsafe pcre2_set_heap_limit_8(context, UInt32.max)
  }

  deinit {
    unsafe pcre2_jit_stack_free_8(stack)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_match_data_free_8(data)
  }

  /// Appends all matches, one after another, leftmost first. An empty match counts unless it stands
  /// at the end of the match before it.
  func appendMatches(in text: Span<UInt8>, to matches: inout [Match]) {
    let isASCII = transcribe(text)
    var at = 0
    var lastEnd = -1
    // The byte offset of a symbol, moved on as matches are.
    var point = 0
    var byte = 0
    while at <= symbols.count, let (start, end) = match(from: at) {
      if start == end && end == lastEnd {
        at += 1
        continue
      }
      at = end
      lastEnd = end
      if isASCII {
        matches.append(Match(start: start, end: end))
        continue
      }
      move(&byte, from: &point, to: start, in: text)
      let first = byte
      move(&byte, from: &point, to: end, in: text)
      matches.append(Match(start: first, end: byte))
    }
  }

  /// Writes the symbols of a text.
  ///
  /// - Returns: Whether each byte is a symbol.
  private func transcribe(_ text: Span<UInt8>) -> Bool {
    let alphabet = regex.alphabet
    var scratch: [UInt8] = []
    swap(&scratch, &symbols)
    scratch.removeAll(keepingCapacity: true)
    scratch.reserveCapacity(text.count)
    if let symbols = regex.symbolsOfBytes {
      for index in 0..<text.count { scratch.append(symbols[Int(text[index])]) }
      swap(&scratch, &self.symbols)
      return true
    }
    var index = 0
    var isASCII = true
    while index < text.count {
      let first = text[index]
      if first < 0x80 {
        scratch.append(alphabet.symbol(ascii: first))
        index &+= 1
        continue
      }
      isASCII = false
      let (point, length) = UTF8Decoding.scalar(in: text, at: index)
      scratch.append(alphabet.symbol(point))
      index += length
    }
    swap(&scratch, &symbols)
    return isASCII
  }

  private func move(
    _ byte: inout Int, from point: inout Int, to target: Int, in text: Span<UInt8>
  ) {
    while point < target {
      byte += text[byte] < 0x80 ? 1 : UTF8Decoding.scalar(in: text, at: byte).length
      point += 1
    }
  }

  private func match(from start: Int) -> (Int, Int)? {
    let count = unsafe symbols.withUnsafeBufferPointer { buffer in
      var status = unsafe pcre2_match_8(
        regex.code, buffer.baseAddress, buffer.count, start, 0, data, context)
      if status == PCRE2_ERROR_JIT_STACKLIMIT {
        // The interpreter keeps its state on the heap.
        status = unsafe pcre2_match_8(
          regex.code, buffer.baseAddress, buffer.count, start, UInt32(PCRE2_NO_JIT), data, context)
      }
      return status
    }
    if count == PCRE2_ERROR_NOMATCH { return nil }
    // With no limits set, what is left is a lack of memory.
    guard count > 0 else { fatalError("PCRE2 failed with status \(count)") }
    let places = unsafe pcre2_get_ovector_pointer_8(data)
    return unsafe places.map { unsafe (Int($0[0]), Int($0[1])) }
  }
}
