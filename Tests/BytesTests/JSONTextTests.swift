import Bytes
import Foundation
import Testing

@Suite struct JSONTextTests {
  private func read(_ json: [UInt8]) throws -> [String] {
    try JSONDecoder().decode([String].self, from: Data(json))
  }

  private func list(_ strings: [String]) -> [UInt8] {
    var json = Array("[".utf8)
    for (index, string) in strings.enumerated() {
      if index > 0 { json.append(UInt8(ascii: ",")) }
      JSONText.appendString(string, to: &json)
    }
    return json + Array("]".utf8)
  }

  /// Equal by their bytes; `==` on strings holds canonical equivalents for equal.
  private func expectSame(_ strings: [String], _ others: [String]) {
    #expect(strings.count == others.count)
    for (string, other) in zip(strings, others)
    where !string.utf8.elementsEqual(other.utf8) {
      Issue.record("\(Array(string.utf8)) came back as \(Array(other.utf8))")
    }
  }

  // In blocks, so that a failure names its neighbourhood and memory stays small.
  @Test(arguments: stride(from: 0, through: 0x10FFFF, by: 0x8000).map { $0 })
  func everyCodePointComesBack(_ first: Int) throws {
    let strings = (first..<min(first + 0x8000, 0x110000)).compactMap {
      Unicode.Scalar(UInt32($0)).map { String(Character($0)) }
    }
    expectSame(try read(list(strings)), strings)
  }

  @Test func randomStringsComeBack() throws {
    var random = testRandom("strings")
    let strings = (0..<2000).map { _ in
      var string = String.UnicodeScalarView()
      for _ in 0..<random.below(40) {
        let bounds = [0x20, 0x80, 0x800, 0x10000, 0x110000]
        let value = UInt32(random.below(bounds[random.below(bounds.count)]))
        string.append(Unicode.Scalar(value) ?? "\"")
      }
      return String(string)
    }
    expectSame(try read(list(strings)), strings)
  }

  @Test(arguments: [
    ("", "\"\""), ("a/b", "\"a/b\""), ("\"\\", "\"\\\"\\\\\""),
    (
      "\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}",
      "\"\\u0000\\u0008\\t\\n\\u000b\\u000c\\r\\u001f\u{7F}\""
    ),
    ("é\u{2028}😀", "\"é\u{2028}😀\""),
  ])
  func escapesWhatMustBeAndNothingElse(_ text: String, _ json: String) {
    var output = Array("x".utf8)
    JSONText.appendString(text, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == "x" + json)
    let bytes = Array(text.utf8)
    var fromBytes: [UInt8] = []
    JSONText.appendString(bytes.span, to: &fromBytes)
    #expect(fromBytes == Array(json.utf8))
  }
}
