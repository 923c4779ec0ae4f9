import Testing

@testable import Streams

@Suite struct ControlCharactersTests {
  @Test(arguments: [
    ("plain é 文", "plain é 文"), ("tab\tand\nline", "tab\tand\nline"),
    ("\u{1B}[31mred", "\\x1B[31mred"), ("a\rb\u{7F}", "a\\x0Db\\x7F"), ("\u{9B}2J", "\\u{9B}2J"),
    ("abc\u{202E}txt.exe", "abc\\u{202E}txt.exe"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
    ("\r\n", "\\x0D\n"),
  ])
  func whatATerminalObeysIsEscaped(_ text: String, _ expected: String) {
    #expect(ControlCharacters.escaped(text).utf8.elementsEqual(expected.utf8))
  }
}
