import Foundation

extension BadInput {
  private static let structure =
    "a comma, colon, bracket or value is missing or superfluous, or it is cut off"

  /// Lines that cost themselves and nothing else, and lines that only look as if they would.
  static let lines: [BadInput] = [
    .line("malformed JSON", #"{"text":"x",}"#, "malformed_json", structure),
    .line("not JSON", "hello", "malformed_json", structure),
    .line("null text", #"{"text":null}"#, "null_field", #"the field "text" is null"#),
    .line("missing text", #"{"body":"x"}"#, "missing_field", #"the field "text" is missing"#),
    .line(
      "a number as text", #"{"text":12}"#, "wrong_type",
      #"the field "text" is a number, a string is wanted"#),
    .line("empty text", #"{"text":""}"#, "empty_text", "the text has no characters"),
    .line(
      "an array", #"["text","x"]"#, "not_an_object", "an object is wanted, this is an array"),
    .line(
      "one invalid byte", Data(#"{"text":"ab"#.utf8) + [0xFF] + Data(#"c"}"#.utf8),
      "invalid_utf8", "not valid UTF-8: byte 0xFF at offset 11 of the record"),
    .line(
      "a lone surrogate", #"{"text":"\ud800"}"#, "malformed_json",
      "a string has an invalid escape or half a surrogate pair"),
    .line("64 NUL bytes", Data(count: 64), "malformed_json", structure),
    .line(
      "nested 100,000 deep",
      #"{"text":"# + String(repeating: "[", count: 100_000)
        + String(repeating: "]", count: 100_000) + "}", "malformed_json",
      "nested deeper than 1,024 levels"),
    .good("an integer as id", #"{"id":7,"text":"x"}"#),
    .good("an id with CR", #"{"id":"a\rb","text":"x"}"#),
    .good("an id that is null", #"{"id":null,"text":"x"}"#),
    .good("a blank line", " \t ", documents: 2),
    .good("a byte order mark inside", "\u{FEFF}" + #"{"text":"x"}"#),
    .good("NUL in the text", #"{"text":"a\u0000b"}"#),
    .good("NaN in another field", #"{"score":NaN,"text":"x"}"#),
    .good("a key twice", #"{"text":1,"text":"x"}"#),
    .line(
      "flan-cot: two fields", "q\ta", format: "flan-cot", "wrong_field_count",
      "3 fields divided by tabs are wanted, not 2"),
    .line(
      "flan-cot: one invalid byte", Data("q\ta\t".utf8) + [0xC3, 0x28], format: "flan-cot",
      "invalid_utf8", "not valid UTF-8: byte 0xC3 at offset 4 of the record"),
    .line(
      "flan-cot: 64 NUL bytes", Data(count: 64), format: "flan-cot", "wrong_field_count",
      "3 fields divided by tabs are wanted, not 1"),
    .read(
      "natural-instructions: an array", Data("[1]".utf8), format: "natural-instructions",
      documents: 0, bad: [(0, "not_an_object", "an object is wanted, this is an array")]),
    .read(
      "natural-instructions: cut off",
      Data(#"{"Definition":"d","Instances":[{"input":"i","output":"o"},{"in"#.utf8),
      format: "natural-instructions", documents: 0,
      bad: [(0, "malformed_json", "a string is not closed; the record may be cut off")]),
    .read(
      "natural-instructions: one bad instance",
      Data(
        (#"{"Definition":"d","Instances":[{"input":"i","output":"o"},{"input":1,"output":"o"},"#
          + #"{"input":"i","output":[]},{"input":"i","output":["o"]}]}"#).utf8),
      format: "natural-instructions", documents: 2,
      bad: [
        (1, "wrong_type", #"the field "input" is a number, a string is wanted"#),
        (2, "missing_field", #"the field "output" is an empty list"#),
      ]),
    .read(
      "text: one invalid byte", Data("caf".utf8) + [0xE9] + Data("\n".utf8), format: "text",
      documents: 0,
      bad: [(0, "invalid_utf8", "not valid UTF-8: byte 0xE9 at offset 3 of the record")]),
  ]
}
