import Documents
import Readers
import Testing

/// A line that gives no document, between two that do.
struct BadLine: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var reason: BadRecord.Reason
  var detail: String

  init(_ name: String, _ bytes: [UInt8], _ reason: BadRecord.Reason, _ detail: String) {
    self.name = name
    self.bytes = bytes
    self.reason = reason
    self.detail = detail
  }

  init(_ name: String, _ line: String, _ reason: BadRecord.Reason, _ detail: String) {
    self.init(name, Array(line.utf8), reason, detail)
  }

  var testDescription: String { name }

  static let limit = 300_000
  private static let structure =
    "a comma, colon, bracket or value is missing or superfluous, or it is cut off"

  static let jsonLines: [BadLine] = [
    BadLine("malformed", #"{"text":"x",}"#, .malformedJSON, structure),
    BadLine("not JSON at all", "hello", .malformedJSON, structure),
    BadLine(
      "cut off in a string", #"{"text":"abc"#, .malformedJSON,
      "a string is not closed; the record may be cut off"),
    BadLine("cut off after a value", #"{"text":"abc""#, .malformedJSON, structure),
    BadLine("two objects", #"{"text":"a"}{"text":"b"}"#, .malformedJSON, structure),
    BadLine(
      "wrong word", #"{"text":"a","b":nul}"#, .malformedJSON, "a word is not true, false or null"),
    BadLine(
      "big number elsewhere", #"{"text":"a","b":123456789012345678901}"#, .malformedJSON,
      "a number is malformed or does not fit 64 bits"),
    BadLine(
      "raw control character", Array("{\"text\":\"a\u{01}b\"}".utf8), .malformedJSON,
      "a string holds a control character that is not escaped"),
    BadLine("64 NULs", [UInt8](repeating: 0, count: 64), .malformedJSON, structure),
    BadLine("null text", #"{"text":null}"#, .nullField, #"the field "text" is null"#),
    BadLine("missing text", #"{"body":"x"}"#, .missingField, #"the field "text" is missing"#),
    BadLine("empty object", "{}", .missingField, #"the field "text" is missing"#),
    BadLine(
      "number as text", #"{"text":12}"#, .wrongType,
      #"the field "text" is a number, a string is wanted"#),
    BadLine(
      "list as text", #"{"text":["a"]}"#, .wrongType,
      #"the field "text" is an array, a string is wanted"#),
    BadLine("NaN as text", #"{"text":NaN}"#, .nullField, #"the field "text" is null"#),
    BadLine("empty text", #"{"text":""}"#, .emptyText, "the text has no characters"),
    BadLine(
      "array line", #"["text","x"]"#, .notAnObject, "an object is wanted, this is an array"),
    BadLine("string line", #""text""#, .notAnObject, "an object is wanted, this is a string"),
    BadLine("null line", "null", .notAnObject, "an object is wanted, this is null"),
    BadLine(
      "invalid UTF-8", Array(#"{"text":"ab"#.utf8) + [0xFF] + Array(#"c"}"#.utf8), .invalidUTF8,
      "not valid UTF-8: byte 0xFF at offset 11 of the record"),
    BadLine(
      "surrogate as UTF-8", Array(#"{"text":""#.utf8) + [0xED, 0xA0, 0x80] + Array(#""}"#.utf8),
      .invalidUTF8, "not valid UTF-8: byte 0xED at offset 9 of the record"),
    BadLine(
      "lone high surrogate", #"{"text":"\ud800"}"#, .malformedJSON,
      "a string has an invalid escape or half a surrogate pair"),
    BadLine(
      "lone low surrogate", #"{"text":"\udc00x"}"#, .malformedJSON,
      "a string has an invalid escape or half a surrogate pair"),
    BadLine(
      "nested 100,000 deep",
      #"{"text":"#.utf8 + [UInt8](repeating: 0x5B, count: 100_000)
        + [UInt8](repeating: 0x5D, count: 100_000) + [0x7D], .malformedJSON,
      "nested deeper than 1,024 levels"),
    BadLine(
      "nested and never closed", [UInt8](repeating: 0x5B, count: 100_000), .malformedJSON,
      structure),
    BadLine(
      "byte order marks only", [UInt8]([[0xEF, 0xBB, 0xBF], [0xEF, 0xBB, 0xBF]].joined()),
      .malformedJSON, structure),
    BadLine(
      "past the limit",
      #"{"text":""#.utf8 + [UInt8](repeating: 0x61, count: limit) + Array(#""}"#.utf8), .tooLarge,
      "larger than the limit on records, 300000 bytes"),
  ]
}

@Suite("Bad JSON lines are counted one by one")
struct BadInputTests {
  private static let before = #"{"id":"a","text":"before"}"#
  private static let after = #"{"id":"b","text":"after"}"#

  @Test(arguments: BadLine.jsonLines, ["\n", "\r\n"])
  func betweenGoodLines(_ bad: BadLine, lineEnd: String) throws {
    let content = "\(Self.before)\(lineEnd)".utf8 + bad.bytes + "\(lineEnd)\(Self.after)".utf8
    let reading = try Reading.of([Array(content)], maximumRecordBytes: BadLine.limit)
    let offset = UInt64(Self.before.utf8.count + lineEnd.utf8.count)
    let afterOffset = offset + UInt64(bad.bytes.count + lineEnd.utf8.count)
    #expect(
      reading.badRecords == [
        BadRecord(
          origin: Origin(file: 0, record: 1, byteOffset: offset), reason: bad.reason,
          detail: bad.detail)
      ])
    #expect(
      reading.documents == [
        PlainDocument(
          text: "before", id: "a", origin: Origin(file: 0, record: 0, byteOffset: 0)),
        PlainDocument(
          text: "after", id: "b", origin: Origin(file: 0, record: 2, byteOffset: afterOffset)),
      ])
  }

  @Test(arguments: BadLine.jsonLines)
  func lastLineWithoutEnd(_ bad: BadLine) throws {
    let content = "\(Self.before)\n".utf8 + bad.bytes
    let reading = try Reading.of([Array(content)], maximumRecordBytes: BadLine.limit)
    #expect(reading.badRecords.map(\.reason) == [bad.reason])
    #expect(reading.texts == ["before"])
  }

  @Test func allAtOnce() throws {
    var content: [UInt8] = []
    for bad in BadLine.jsonLines { content += bad.bytes + "\n\(Self.after)\n".utf8 }
    let reading = try Reading.of([content], maximumRecordBytes: BadLine.limit)
    #expect(reading.badRecords.map(\.reason) == BadLine.jsonLines.map(\.reason))
    #expect(
      reading.badRecords.map(\.origin.record) == BadLine.jsonLines.indices.map { UInt64($0 * 2) })
    #expect(reading.texts == BadLine.jsonLines.map { _ in "after" })
  }
}
