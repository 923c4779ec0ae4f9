import Bytes
import Foundation
import Testing

@testable import Tokenizers

/// The reader of JSON against Foundation's.
struct JSONCursorTests {
  private static func tokens(_ text: [UInt8]) throws(CuveeError) -> JSONTokens {
    var cursor = JSONCursor(text, place: "v.json")
    let tokens = try JSONTokens(&cursor)
    try cursor.finish()
    return tokens
  }

  private static func isJSON(_ text: [UInt8]) -> Bool {
    var cursor = JSONCursor(text, place: "v.json")
    do throws(CuveeError) {
      try cursor.skipValue()
      try cursor.finish()
      return true
    } catch {
      return false
    }
  }

  /// Texts that are JSON, or nearly.
  private static func texts() -> [[UInt8]] {
    let whole = [
      #"{"a": 0, "b\n\u00e9\"\\\/\b\f\r\t": 12, "😀\ud83d\ude00": 4294967295, "": 7}"#,
      #"{"é":1,"中":2, "x" : 3 , "\u0000":4}"#, "{}", " {\n\t\"k\": 5\r\n} ",
      #"{"a": [1, {"b": null}, true, false, -1.5e+3, 0.25, "x"], "c": {}}"#, "[]", "[[], {}, 0]",
    ].map { Array($0.utf8) }
    let marks =
      Array(#"{}[]",:\unbd8D0019.-+eEtf"#.utf8) + [0x20, 0x0A, 0x01, 0x80, 0xC3, 0xA9, 0xFF]
    var random = StableRandom(seed: 1, purpose: "json")
    var texts = whole
    for text in whole {
      for length in 0..<text.count { texts.append(Array(text[..<length])) }
      for _ in 0..<400 {
        var changed = text
        for _ in 0...random.below(2) {
          let index = random.below(max(1, changed.count))
          switch random.below(3) {
          case 0 where index < changed.count: changed[index] = marks[random.below(marks.count)]
          case 1 where index < changed.count: changed.remove(at: index)
          default: changed.insert(marks[random.below(marks.count)], at: min(index, changed.count))
          }
        }
        texts.append(changed)
      }
    }
    // Foundation takes a comma before the end of a list, which JSON has not, and refuses numbers
    // beyond a Double, which JSON has.
    return texts.filter {
      !String(decoding: $0, as: UTF8.self).contains(#/,\s*[\]}]|[eE]\+?\d{3}/#)
    }
  }

  @Test("what Foundation takes for JSON is JSON, and nothing else")
  func acceptsWhatFoundationAccepts() {
    var accepted = 0
    for text in Self.texts() {
      let object = try? JSONSerialization.jsonObject(
        with: Data(text), options: [.fragmentsAllowed])
      let isJSON = Self.isJSON(text)
      #expect(isJSON == (object != nil), "\(String(decoding: text, as: UTF8.self))")
      if isJSON { accepted += 1 }
    }
    #expect(accepted > 100)
  }

  @Test("tokens and ids are those that Foundation decodes")
  func decodesWhatFoundationDecodes() throws {
    var decoded = 0
    for text in Self.texts() {
      guard let wanted = try? JSONDecoder().decode([String: UInt32].self, from: Data(text)) else {
        continue
      }
      let found = try Self.tokens(text)
      // Foundation keeps one of two equal keys.
      guard found.ids.count == wanted.count else { continue }
      decoded += 1
      for (index, id) in found.ids.enumerated() {
        #expect(wanted[found.contents.text(index)] == id)
      }
    }
    #expect(decoded > 50)
  }

  @Test("tokens are told apart by their bytes, and the last of two equal ones counts")
  func repeatedTokens() throws {
    let table = try Self.tokens(Array(#"{"a": 1, "\u00e9": 2, "e\u0301": 3, "a": 4}"#.utf8))
      .table(place: "v.json")
    let found = ["a", "\u{e9}", "e\u{301}"].map { table[Array($0.utf8)] }
    #expect(found == [4, 2, 3])
  }

  @Test(
    "an error says where",
    arguments: [
      ("{\"a\": 1,\n \"b\" 2}", "v.json:2:6: \":\" is wanted here"),
      ("{\"a\": 1.5}", "v.json:1:7: a whole number from 0 to 4294967295 is wanted here"),
      ("{\"a\": \"1\"}", "v.json:1:7: this is no JSON value"),
      ("{\"a\": 4294967296}", "v.json:1:7: a whole number from 0 to 4294967295 is wanted here"),
      ("{\"\\ud800\": 1}", "v.json:1:3: half of a surrogate pair is no character"),
      ("{\"a\\x\": 1}", "v.json:1:4: JSON has no such escape"),
      ("{\"a\": 1", "v.json:1:8: the file ends in the middle of the JSON"),
      ("{\"a", "v.json:1:4: the file ends in the middle of a string"),
      ("{\"a\": 1} x", "v.json:1:10: the JSON ends before this"),
      ("{\"a\": 01}", "v.json:1:7: this is no JSON value"),
    ])
  func errors(text: String, message: String) {
    let error = #expect(throws: CuveeError.self) { try Self.tokens(Array(text.utf8)) }
    #expect(error?.message == message)
    #expect(error?.kind == .badData)
  }

  @Test("lists in lists are refused beyond a depth, and not by a crash")
  func depth() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(!Self.isJSON(deep))
  }

  @Test("base64 is what Foundation makes of it, and nothing else is")
  func base64() {
    var random = StableRandom(seed: 1, purpose: "base64")
    for length in 0..<60 {
      let bytes = (0..<length).map { _ in UInt8(random.below(256)) }
      var text = Array(Data(bytes).base64EncodedString().utf8)
      #expect(Base64.decoded(text.span) == bytes)
      // Not in the last four, where Foundation takes a character behind padding.
      guard text.count > 4 else { continue }
      text[random.below(text.count - 4)] = UInt8(random.below(256))
      let wanted = Data(base64Encoded: Data(text)).map { Array($0) }
      #expect(Base64.decoded(text.span) == wanted, "\(text)")
      #expect(Base64.decoded(text.span.extracting(0..<text.count - 1)) == nil)
    }
  }
}
