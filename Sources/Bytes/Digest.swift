import CCrypto

/// A SHA-256 digest: the name of everything that Cuvee keeps on disk.
public struct Digest: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  /// The 32 bytes, as four big-endian words, so that comparison is the order of the hex form.
  let words: (UInt64, UInt64, UInt64, UInt64)

  /// Creates a digest from its 64 lower-case hexadecimal digits, or nil when they are not that.
  public init?(hex: String) {
    var words: [UInt64] = []
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    for start in stride(from: 0, to: 64, by: 16) {
      var word: UInt64 = 0
      for digit in digits[start..<start + 16] {
        switch digit {
        case 0x30...0x39: word = word << 4 | UInt64(digit - 0x30)
        case 0x61...0x66: word = word << 4 | UInt64(digit - 0x61 + 10)
        default: return nil
        }
      }
      words.append(word)
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// Creates a digest from its 32 bytes.
  init(bytes: [UInt8]) {
    var words: [UInt64] = []
    for start in stride(from: 0, to: 32, by: 8) {
      words.append(bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// The SHA-256 of bytes.
  public static func sha256(_ bytes: Span<UInt8>) -> Digest {
    var hasher = SHA256Hasher()
    hasher.update(bytes)
    return hasher.finalize()
  }

  /// The SHA-256 of a string's UTF-8.
  public static func sha256(_ string: String) -> Digest {
    let bytes = Array(string.utf8)
    return sha256(bytes.span)
  }

  /// The 64 lower-case hexadecimal digits.
  public var hex: String {
    Hexadecimal.string(words.0) + Hexadecimal.string(words.1) + Hexadecimal.string(words.2)
      + Hexadecimal.string(words.3)
  }

  /// Appends the 64 lower-case hexadecimal digits.
  public func appendHex(to bytes: inout [UInt8]) {
    for word in [words.0, words.1, words.2, words.3] { Hexadecimal.append(word, to: &bytes) }
  }

  /// The hexadecimal form.
  public var description: String { hex }

  /// Whether all 32 bytes are equal.
  public static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }
  /// The order of the hexadecimal forms.
  public static func < (a: Digest, b: Digest) -> Bool { a.words < b.words }

  /// Adds the first eight bytes, which are as good as any.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

  /// Reads the hexadecimal form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = Digest(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a SHA-256 has 64 lower-case hexadecimal digits")
    }
    self = digest
  }

  /// Writes the hexadecimal form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}

/// SHA-256 of bytes that come in pieces (OpenSSL's libcrypto).
@safe
public struct SHA256Hasher: ~Copyable, @unchecked Sendable {
  // Invariant: made by EVP_MD_CTX_new in init, freed once in deinit, never shared.
  private let context: OpaquePointer?

  /// Creates a hasher that has seen no bytes.
  public init() {
    unsafe context = EVP_MD_CTX_new()
    unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Adds bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { raw in
      if let base = raw.baseAddress { unsafe _ = EVP_DigestUpdate(context, base, raw.count) }
    }
  }

  /// The digest of all bytes added so far. The hasher starts again.
  public mutating func finalize() -> Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe _ = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
    }
    unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    return Digest(bytes: bytes)
  }
}
