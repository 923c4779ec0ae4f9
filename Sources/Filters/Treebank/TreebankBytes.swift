/// What a byte may do to the words around it (`NLTKWordTokenizer` of nltk/tokenize/destructive.py).
struct TreebankBytes: Sendable {
  /// The bytes that are looked at in the same way.
  enum Kind: UInt8, Sendable {
    /// A letter or digit of ASCII, or the low line.
    case word
    /// A byte that stays in its word, and of which regular expressions do not think as of a letter.
    case other
    /// White space of ASCII.
    case space
    /// A mark that is always a word.
    case mark
    case quote, apostrophe, backtick, period, hyphen
    /// A colon or a comma.
    case colon
    /// The first byte of some characters that are white space or a mark.
    case lead
  }

  static let standard = TreebankBytes()

  private let kinds: [Kind]

  private init() {
    var kinds = [Kind](repeating: .other, count: 256)
    for byte in [0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F...0x5F].joined() {
      kinds[byte] = .word
    }
    for byte in [0x09...0x0D, 0x1C...0x20].joined() { kinds[byte] = .space }
    for byte in ";@#$%&?!*[](){}<>".utf8 { kinds[Int(byte)] = .mark }
    for byte in ":,".utf8 { kinds[Int(byte)] = .colon }
    for byte in [0xC2...0xC2, 0xE1...0xE3].joined() { kinds[byte] = .lead }
    kinds[0x22] = .quote
    kinds[0x27] = .apostrophe
    kinds[0x60] = .backtick
    kinds[0x2E] = .period
    kinds[0x2D] = .hyphen
    self.kinds = kinds
  }

  /// What a byte is.
  @inline(__always)
  subscript(_ byte: UInt8) -> Kind { kinds[Int(byte)] }

  /// Whether a mark is one before which `'` is a word already, when there is no word after it: those
  /// that NLTK sets apart before it looks at apostrophes.
  static func isEarly(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x3B, 0x40, 0x23, 0x24, 0x25, 0x26, 0x3F, 0x21: true
    default: false
    }
  }
}
