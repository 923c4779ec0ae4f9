import Bytes
import Documents
import Readers
import Testing

@Suite("Stored text")
struct StoredTextTests {
  private static let documents = [
    PlainDocument(text: "a", id: "", origin: Origin(file: 0, record: 0, byteOffset: 0)),
    PlainDocument(
      text: "line\nline\r\n\t\"\\/\u{0}\u{1F}\u{7F}é中😀\u{2028}", id: "i\r\"d",
      origin: Origin(file: 7, record: 12, byteOffset: 3456)),
    PlainDocument(
      text: "", id: "x",
      origin: Origin(file: .max, record: .max, byteOffset: .max)),
  ]

  private func lines() -> [UInt8] {
    var batch = DocumentBatch()
    for document in Self.documents {
      let text = Array(document.text.utf8)
      let id = Array(document.id.utf8)
      batch.append(text: text.span, id: id.span, origin: document.origin)
    }
    var output: [UInt8] = []
    for index in 0..<batch.count { StoredText.appendLine(of: batch, index, to: &output) }
    return output
  }

  @Test func format() {
    #expect(
      String(decoding: lines().prefix { $0 != 0x0A }, as: UTF8.self)
        == #"{"file":0,"record":0,"offset":0,"id":"","text":"a"}"#)
  }

  @Test func readsWhatItWrites() throws {
    let parser = StoredTextParser()
    var batch = DocumentBatch()
    let bytes = lines()
    try parser.parse(bytes.span, into: &batch)
    var reading = Reading()
    reading.append(batch)
    #expect(reading.documents == Self.documents)
    #expect(reading.badRecords.isEmpty)
  }

  @Test(arguments: [
    ("x\n", "a comma, colon, bracket or value is missing or superfluous, or it is cut off"),
    (#"{"file":0,"record":0,"offset":0,"id":"","text":"a"}"#, "the line is cut off"),
    ("{\"file\":0,\"record\":0,\"offset\":0,\"id\":\"\"}\n", "the field \"text\" is missing"),
    (
      "{\"file\":-1,\"record\":0,\"offset\":0,\"id\":\"\",\"text\":\"\"}\n",
      "the field \"file\" is no whole number"
    ),
    (
      "{\"file\":4294967296,\"record\":0,\"offset\":0,\"id\":\"\",\"text\":\"\"}\n",
      "the field \"file\" does not fit 32 bits"
    ),
    (
      "{\"file\":0,\"record\":0,\"offset\":0,\"id\":5,\"text\":\"\"}\n",
      "the field \"id\" is a number, a string is wanted"
    ),
  ])
  func malformedLines(line: String, detail: String) throws {
    let parser = StoredTextParser()
    var batch = DocumentBatch()
    let good = lines()
    try parser.parse(good.span, into: &batch)
    let bad = Array(line.utf8)
    let error = #expect(throws: CuveeError.self) { try parser.parse(bad.span, into: &batch) }
    #expect(error?.kind == .badData)
    #expect(
      error?.message == "stored text, line 4: \(detail); remove it from the cache")
    #expect(batch.count == Self.documents.count)
  }
}
