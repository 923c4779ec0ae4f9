import Bytes
import CSimdJSON

/// A JSON record, parsed and checked as a whole by simdjson's DOM; one parser for many records.
///
/// Where a key occurs twice in an object the last value counts, as in Python and JavaScript. A
/// number that does not fit 64 bits makes a record malformed, wherever it is; `NaN` and
/// `Infinity` are null.
@safe
final class JSONRecord {
  /// A value inside the record parsed last.
  struct Node: Equatable {
    fileprivate let index: Int64
    /// The record itself.
    static let root = Node(index: 0)
  }

  /// What a value is.
  enum Kind: String {
    case null, boolean, number, string, array, object
  }

  // Invariant: made by cuvee_json_create in init, freed once in deinit; all access goes through
  // this object, which one thread uses at a time. Nodes out of range are answered by the C side.
  private let handle: OpaquePointer

  /// Creates a parser.
  init() {
    guard let handle = unsafe cuvee_json_create() else { fatalError("out of memory") }
    unsafe self.handle = handle
  }

  deinit { unsafe cuvee_json_destroy(handle) }

  /// Parses the record in a range of bytes; the record before is forgotten.
  ///
  /// - Throws: What is wrong with the record.
  func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RecordProblem) {
    var record = bytes.extracting(range)
    var status = parse(bytes.extracting(range.lowerBound..<bytes.count), count: range.count)
    if status == CUVEE_JSON_OK { return }
    if record.count > 3 && record[0] == 0xEF && record[1] == 0xBB && record[2] == 0xBF {
      // Files with byte order marks that were joined have one inside; RFC 8259 section 8.1 lets
      // readers ignore it.
      record = record.extracting(3...)
      status = parse(record, count: record.count)
      if status == CUVEE_JSON_OK { return }
    }
    // What else is wrong hardly matters then, and simdjson may have met it first.
    try UTF8Check.require(record)
    if let replaced = NonFiniteNumbers.replaced(in: record),
      parse(replaced.span, count: replaced.count) == CUVEE_JSON_OK
    {
      return
    }
    throw RecordProblem(status: status)
  }

  private func parse(_ readable: Span<UInt8>, count: Int) -> cuvee_json_status {
    unsafe readable.withUnsafeBufferPointer { buffer in
      // An empty buffer may have no address; the C side looks at none when the count is 0.
      unsafe cuvee_json_parse(handle, buffer.baseAddress, count, buffer.count)
    }
  }

  /// Forgets the record, and gives the memory back that a huge one took.
  func giveBackHugeMemory() { unsafe cuvee_json_shrink(handle) }

  /// What a value is.
  func kind(_ node: Node) -> Kind {
    switch unsafe cuvee_json_get(handle, node.index).kind {
    case CUVEE_JSON_NULL: .null
    case CUVEE_JSON_BOOLEAN: .boolean
    case CUVEE_JSON_STRING: .string
    case CUVEE_JSON_ARRAY: .array
    case CUVEE_JSON_OBJECT: .object
    default: .number
    }
  }

  /// The member of an object, or nil where there is none.
  func member(_ node: Node, _ key: [UInt8]) -> Node? {
    let index = unsafe key.withUnsafeBufferPointer { key in
      unsafe cuvee_json_member(handle, node.index, key.baseAddress, key.count)
    }
    return index < 0 ? nil : Node(index: index)
  }

  /// The first keys of an object, in its order; none where the value is none.
  func keys(_ node: Node, atMost limit: Int) -> [String] {
    var keys: [String] = []
    while keys.count < limit {
      let key = unsafe cuvee_json_key(handle, node.index, keys.count)
      guard unsafe key.kind == CUVEE_JSON_STRING else { break }
      // The bytes live in the parser until the next `parse`.
      let bytes = unsafe UnsafeBufferPointer(start: key.string, count: key.count)
      keys.append(unsafe String(decoding: bytes, as: UTF8.self))
    }
    return keys
  }

  /// The elements of an array, or nil where the value is none.
  func elements(_ node: Node) -> [Node]? {
    var count = 0
    let first = unsafe cuvee_json_elements(handle, node.index, &count)
    return first < 0 ? nil : (0..<Int64(count)).map { Node(index: first + $0) }
  }

  /// Gives the bytes of a string, valid UTF-8, to a function; nil where the value is no string.
  @inline(__always)
  func withString<Result>(_ node: Node, _ body: (Span<UInt8>) -> Result) -> Result? {
    let value = unsafe cuvee_json_get(handle, node.index)
    guard unsafe value.kind == CUVEE_JSON_STRING else { return nil }
    // The bytes live in the parser until the next `parse`; `body` cannot keep the span.
    let buffer = unsafe UnsafeBufferPointer(start: value.string, count: value.count)
    return body(unsafe Span(_unsafeElements: buffer))
  }

  /// The bytes of a string, or nil.
  func string(_ node: Node) -> [UInt8]? {
    withString(node) { text in
      var copy: [UInt8] = []
      copy.append(text)
      return copy
    }
  }

  /// A number or truth value as JSON text, or nil; a fraction in the fewest digits that read
  /// back as the same 64-bit number.
  func scalarText(_ node: Node) -> [UInt8]? {
    let value = unsafe cuvee_json_get(handle, node.index)
    let text: String? =
      switch unsafe value.kind {
      case CUVEE_JSON_SIGNED: unsafe String(value.number.signed_integer)
      case CUVEE_JSON_UNSIGNED: unsafe String(value.number.unsigned_integer)
      case CUVEE_JSON_DOUBLE: unsafe String(value.number.floating)
      case CUVEE_JSON_BOOLEAN: unsafe value.number.boolean != 0 ? "true" : "false"
      default: nil
      }
    return text.map { Array($0.utf8) }
  }
}
