/// The bytes of each token that bytes begin as. Several may begin as one: that for the unknown.
struct ByteTokenIndex {
  private var bytes: [UInt32: [UInt8]] = [:]
  /// Whether a token is one of them, up to the greatest.
  private var isKnown: [Bool]

  /// Creates the index of the tokens of the 256 bytes, some of which may have none.
  init(_ tokens: [UInt32]) {
    let known = tokens.filter { $0 <= MergeTables.greatestToken }
    isKnown = Array(repeating: false, count: Int(known.max() ?? 0) + 1)
    for (byte, token) in tokens.enumerated() where token <= MergeTables.greatestToken {
      bytes[token, default: []].append(UInt8(byte))
      isKnown[Int(token)] = true
    }
  }

  /// Whether some byte begins as a token.
  @inline(__always)
  func holds(_ token: UInt32) -> Bool { Int(token) < isKnown.count && isKnown[Int(token)] }

  /// The bytes that begin as a token.
  subscript(token: UInt32) -> [UInt8] { bytes[token] ?? [] }
}
