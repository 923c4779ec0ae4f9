/// Classes of bytes that cut words (`PunktLanguageVars` of nltk/tokenize/punkt.py).
struct PunktBytes: Sendable {
  static let standard = PunktBytes()

  private static let afterWord: UInt8 = 1
  private static let notFirst: UInt8 = 2
  private static let watched: UInt8 = 4

  private let classes: [UInt8]

  private init() {
    var classes = [UInt8](repeating: 0, count: 256)
    for byte in ")\";}]*:@'({[?!".utf8 { classes[Int(byte)] |= Self.afterWord | Self.watched }
    for byte in "(\"`{[:;&#*@)}]-,".utf8 { classes[Int(byte)] |= Self.notFirst }
    for byte in ".-,".utf8 { classes[Int(byte)] |= Self.watched }
    for byte in [0x09...0x0D, 0x1C...0x20, 0xC2...0xC2, 0xE1...0xE3].joined() {
      classes[byte] |= Self.watched
    }
    self.classes = classes
  }

  /// Punctuation that ends a word wherever it stands.
  @inline(__always)
  func endsWord(_ byte: UInt8) -> Bool { classes[Int(byte)] & Self.afterWord != 0 }

  /// Whether a word may begin with a byte.
  @inline(__always)
  func beginsWord(_ byte: UInt8) -> Bool { classes[Int(byte)] & Self.notFirst == 0 }

  /// Whether a word may end before a byte, so that one has to look closer.
  @inline(__always)
  func mayEndWord(_ byte: UInt8) -> Bool { classes[Int(byte)] & Self.watched != 0 }
}
