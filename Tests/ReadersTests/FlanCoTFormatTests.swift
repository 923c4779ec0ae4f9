import Documents
import Readers
import Testing

@Suite("FLAN CoT")
struct FlanCoTFormatTests {
  @Test func defaultText() throws {
    let reading = try Reading.of(
      "Why?\\nSay.\t(A)\tBecause.\\n\\nSo.\r\nq\ta\t\\", format: "flan-cot")
    #expect(
      reading.texts == [
        "Why?\nSay.\nBecause.\n\nSo.\nThe answer is (A)", "q\n\\\nThe answer is a",
      ])
    #expect(reading.ids == ["", ""])
    #expect(reading.badRecords.isEmpty)
  }

  @Test func templates() throws {
    let settings = ReaderSettings(text: "Q: {question} A: {answer}", id: "id-{answer}")
    let reading = try Reading.of("q\ta\tr\n", format: "flan-cot", settings: settings)
    #expect(reading.texts == ["Q: q A: a"])
    #expect(reading.ids == ["id-a"])
  }

  @Test(arguments: [
    ("q\ta", BadRecord.Reason.wrongFieldCount, "3 fields divided by tabs are wanted, not 2"),
    ("q\ta\tr\tx", .wrongFieldCount, "3 fields divided by tabs are wanted, not 4"),
    ("plain", .wrongFieldCount, "3 fields divided by tabs are wanted, not 1"),
  ])
  func badLines(line: String, reason: BadRecord.Reason, detail: String) throws {
    let reading = try Reading.of("q\ta\tr\n\(line)\nq\ta\tr", format: "flan-cot")
    #expect(reading.badRecords.map(\.reason) == [reason])
    #expect(reading.badRecords.map(\.detail) == [detail])
    #expect(reading.documents.map(\.origin.record) == [0, 2])
  }

  @Test func invalidUTF8AndEmptyText() throws {
    let content: [UInt8] = Array("q\ta\t".utf8) + [0xC3, 0x0A] + Array("\ta\tr\nq\ta\tr\n".utf8)
    let reading = try Reading.of(
      [content], format: "flan-cot", settings: ReaderSettings(text: "{question}"))
    #expect(reading.badRecords.map(\.reason) == [.invalidUTF8, .emptyText])
    #expect(reading.texts == ["q"])
  }
}
