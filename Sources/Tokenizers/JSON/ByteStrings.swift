import Bytes
import CByteKernels

/// Strings of bytes, all in one block of memory.
struct ByteStrings {
  private var bytes: [UInt8]
  /// Whether `bytes` begins with the text that strings of JSON are read from: those are not copied then.
  private let sharesText: Bool
  private var places: [cuvee_token_place] = []

  /// Creates an empty list.
  init(capacity: Int = 0) {
    bytes = []
    sharesText = false
    places.reserveCapacity(capacity)
  }

  /// Creates an empty list of strings of a text of JSON, which it keeps.
  init(of text: [UInt8]) {
    bytes = text
    sharesText = true
  }

  /// The number of strings.
  var count: Int { places.count }

  /// The bytes of a string.
  subscript(index: Int) -> Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(range(index)) }
  }

  /// A string, for a message.
  func text(_ index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

  /// Reads a string of JSON as the last one. A list that keeps a text takes strings of that text only.
  mutating func append(_ cursor: inout JSONCursor) throws(CuveeError) {
    if sharesText, let range = try cursor.plainString() {
      places.append(Self.place(range.lowerBound, range.upperBound))
      return
    }
    let start = bytes.count
    try cursor.string(into: &bytes)
    places.append(Self.place(start, bytes.count))
  }

  /// Appends a string.
  mutating func append(_ string: Span<UInt8>) {
    let start = bytes.count
    bytes.append(string)
    places.append(Self.place(start, bytes.count))
  }

  /// Splits the last string in two at the space that it holds; false where it has none, more than
  /// one, or nothing on one side.
  mutating func splitLast() -> Bool {
    let range = range(count - 1)
    var space: Int?
    for index in range where bytes[index] == 0x20 {
      if space != nil { return false }
      space = index
    }
    guard let space, space > range.lowerBound, space + 1 < range.upperBound else { return false }
    places[count - 1] = Self.place(range.lowerBound, space)
    places.append(Self.place(space + 1, range.upperBound))
    return true
  }

  /// Some of the strings, by their indices.
  func selecting(_ indices: [Int]) -> ByteStrings {
    var result = ByteStrings(capacity: indices.count)
    for index in indices { result.append(self[index]) }
    return result
  }

  /// The ids of all strings in a vocabulary, or `TokenBytes.noToken`.
  func ids(in tokens: TokenBytes) -> [UInt32] { tokens.find(places.span, in: bytes.span) }

  /// The bytes of all strings, and where in them each is.
  consuming func parts() -> (bytes: [UInt8], places: [cuvee_token_place]) { (bytes, places) }

  // Files of vocabularies are far smaller than what 32 bits count.
  private static func place(_ start: Int, _ end: Int) -> cuvee_token_place {
    cuvee_token_place(start: UInt32(start), length: UInt32(end - start))
  }

  private func range(_ index: Int) -> Range<Int> {
    let place = places[index]
    return Int(place.start)..<Int(place.start) + Int(place.length)
  }
}
