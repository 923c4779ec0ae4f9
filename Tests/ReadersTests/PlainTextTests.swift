import Documents
import Readers
import Testing

@Suite("Plain text")
struct PlainTextTests {
  @Test func wholeFiles() throws {
    let contents = ["one\r\n\ntwo\n", "", "\u{FEFF}three"].map { Array($0.utf8) } + [[0x61, 0xFF]]
    let reading = try Reading.of(contents, format: "text")
    #expect(
      reading.documents == [
        PlainDocument(
          text: "one\r\n\ntwo\n", id: "0.in", origin: Origin(file: 0, record: 0, byteOffset: 0)),
        PlainDocument(
          text: "three", id: "2.in", origin: Origin(file: 2, record: 0, byteOffset: 3)),
      ])
    #expect(
      reading.badRecords == [
        BadRecord(
          origin: Origin(file: 1, record: 0, byteOffset: 0), reason: .emptyText,
          detail: "the text has no characters"),
        BadRecord(
          origin: Origin(file: 3, record: 0, byteOffset: 0), reason: .invalidUTF8,
          detail: "not valid UTF-8: byte 0xFF at offset 1 of the record"),
      ])
  }

  @Test func wholeFilePastTheLimit() throws {
    let contents = [10, 11, 300_000].map { [UInt8](repeating: 0x61, count: $0) }
    let reading = try Reading.of(contents, format: "text", maximumRecordBytes: 10)
    #expect(reading.documents.map(\.origin.file) == [0])
    #expect(reading.badRecords.map(\.reason) == [.tooLarge, .tooLarge])
  }

  @Test func lines() throws {
    let reading = try Reading.of(" a \r\n\n \t\nb\rc\n\u{0B}\nlast", format: "lines")
    #expect(reading.texts == [" a ", "b\rc", "\u{0B}", "last"])
    #expect(reading.documents.map(\.origin.record) == [0, 3, 4, 5])
    #expect(reading.documents.map(\.origin.byteOffset) == [0, 9, 13, 15])
    #expect(reading.ids == ["", "", "", ""])
  }
}
