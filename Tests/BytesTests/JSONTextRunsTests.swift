import Bytes
import Foundation
import Testing

/// `JSONText` looks at eight bytes at once; what it finds must not depend on where a byte lies.
struct JSONTextRunsTests {
  @Test(arguments: 0...255)
  func everyByteAtEveryPlace(byte: Int) throws {
    for before in 0..<18 {
      for after in [0, 1, 7, 8, 9] {
        let text =
          Array(repeating: UInt8(0x21), count: before) + [UInt8(byte)]
          + Array(repeating: UInt8(0x5D), count: after)
        var written: [UInt8] = []
        JSONText.appendString(text.span, to: &written)
        #expect(written == Self.byteByByte(text), "byte \(byte) after \(before) others")
      }
    }
  }

  @Test func randomBytesAsByteByByte() {
    var random = StableRandom(seed: 7, purpose: "json text")
    // Many bytes at the borders of what is escaped, so that finds lie close together.
    let palette: [UInt8] = [0x00, 0x01, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x5B, 0x5C, 0x5D, 0x7F, 0x80]
    for _ in 0..<2000 {
      let text = (0..<random.below(40)).map { _ in palette[random.below(palette.count)] }
      var written: [UInt8] = []
      JSONText.appendString(text.span, to: &written)
      #expect(written == Self.byteByByte(text))
    }
  }

  @Test func foundationReadsWhatIsWritten() throws {
    let text = "a \"quoted\" back\\slash\u{1}\u{1F}\t\r\n\u{7F}é漢😀 end"
    var written: [UInt8] = Array("[".utf8)
    JSONText.appendString(text, to: &written)
    written.append(0x5D)
    #expect(try JSONDecoder().decode([String].self, from: Data(written)) == [text])
  }

  /// RFC 8259 section 7, one byte after another.
  private static func byteByByte(_ text: [UInt8]) -> [UInt8] {
    let short: [UInt8: String] = [
      0x22: "\\\"", 0x5C: "\\\\", 0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t",
    ]
    let middle = text.flatMap { byte -> [UInt8] in
      if let escape = short[byte] { return Array(escape.utf8) }
      if byte >= 0x20 { return [byte] }
      return Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
    }
    return [0x22] + middle + [0x22]
  }
}
