import Bytes
import Testing

@Suite struct MD5Tests {
  /// From Python's hashlib.
  @Test(
    arguments: [
      ("", 0xd41d8cd98f00b204),
      ("http://a.org", 0xae7b529a3ab4b551),
      ("é", 0x66ddcd97cfdeabb2),
    ] as [(String, UInt64)])
  func first64BitsAreThoseOfTheHexadecimalForm(text: String, wanted: UInt64) {
    let bytes = Array(text.utf8)
    #expect(MD5.first64(bytes.span) == wanted)
  }
}
