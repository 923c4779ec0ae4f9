import Documents
import Readers
import Testing

@Suite("JSON Lines")
struct JSONLFormatTests {
  @Test(arguments: [
    (#"{"id":"x","text":"a"}"#, "x"),
    (#"{"id":12,"text":"a"}"#, "12"),
    (#"{"id":-12,"text":"a"}"#, "-12"),
    (#"{"id":18446744073709551615,"text":"a"}"#, "18446744073709551615"),
    (#"{"id":1.5,"text":"a"}"#, "1.5"),
    (#"{"id":true,"text":"a"}"#, "true"),
    (#"{"id":"a\rb","text":"a"}"#, "a\rb"),
    (#"{"id":null,"text":"a"}"#, ""),
    (#"{"id":["x"],"text":"a"}"#, ""),
    (#"{"id":NaN,"text":"a"}"#, ""),
    (#"{"text":"a"}"#, ""),
    (#"{"id":"x","id":"y","text":"b","text":"a"}"#, "y"),
    (#"{"id":"NaN","score":[-Infinity, Infinity],"text":"a","q":"\"NaN"}"#, "NaN"),
    (#" { "text" : "\u0061" } "#, ""),
    ("{\"text\":\"a\"}\n\u{FEFF}{\"id\":\"joined\",\"text\":\"a\"}", "joined"),
  ])
  func ids(line: String, id: String) throws {
    let reading = try Reading.of(line + "\n")
    #expect(reading.badRecords.isEmpty)
    #expect(reading.ids.last == id)
    #expect(reading.texts.last == "a")
  }

  @Test(arguments: [
    (#"{"text":"\ud83d\ude00\n\t\"\\\/"}"#, "😀\n\t\"\\/"),
    (#"{"text":"\u0000"}"#, "\u{0}"),
    (#"{"text":" completion"}"#, " completion"),
    (#"{"text":"é中😀"}"#, "é中😀"),
  ])
  func escapes(line: String, text: String) throws {
    #expect(try Reading.of(line).texts == [text])
  }

  @Test(arguments: [
    (#"{prompt}{completion}"#, #"{"prompt":"a:","completion":" b"}"#, "a: b"),
    (#"{meta.set.name}/{text}"#, #"{"text":"t","meta":{"set":{"name":"n"}}}"#, "n/t"),
    (#"{{{text}}}"#, #"{"text":"t"}"#, "{t}"),
    (#"a}}b{{c{text}"#, #"{"text":"t"}"#, "a}b{ct"),
    (#"{ü b}"#, #"{"ü b":"t"}"#, "t"),
    ("Q: {q}\nA: {q}", #"{"q":"t"}"#, "Q: t\nA: t"),
  ])
  func templates(template: String, line: String, text: String) throws {
    let reading = try Reading.of(line, settings: ReaderSettings(text: template))
    #expect(reading.texts == [text])
  }

  @Test func templateOfIDs() throws {
    let settings = ReaderSettings(text: "{t}", id: "{meta.set}/{n}")
    let reading = try Reading.of(#"{"t":"x","n":7,"meta":{"set":"a"}}"#, settings: settings)
    #expect(reading.ids == ["a/7"])
  }

  @Test(arguments: [
    (#"{"meta":{}}"#, BadRecord.Reason.missingField, #"the field "meta.name" is missing"#),
    (#"{"meta":null}"#, .nullField, #"the field "meta" is null"#),
    (#"{"meta":"x"}"#, .wrongType, #"the field "meta" is a string, an object is wanted"#),
    (
      #"{"meta":{"name":false}}"#, .wrongType,
      #"the field "meta.name" is a truth value, a string is wanted"#
    ),
  ])
  func nestedFields(line: String, reason: BadRecord.Reason, detail: String) throws {
    let reading = try Reading.of(line, settings: ReaderSettings(text: "{meta.name}"))
    #expect(reading.badRecords.map(\.reason) == [reason])
    #expect(reading.badRecords.map(\.detail) == [detail])
  }

  /// What a rejected record had already added must not leak into the next document.
  @Test func rejectedPiecesAreThrownAway() throws {
    let lines = #"{"p":"left over","id":"i"}"# + "\n" + #"{"p":"a","c":"b","id":"j"}"#
    let reading = try Reading.of(lines, settings: ReaderSettings(text: "{p}{c}"))
    #expect(reading.texts == ["ab"])
    #expect(reading.ids == ["j"])
    #expect(reading.badRecords.map(\.reason) == [.missingField])
  }
}
