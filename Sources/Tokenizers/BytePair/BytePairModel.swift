import Bytes

/// A byte-level byte-pair vocabulary: the token of each byte and what each pair of tokens merges to.
final class BytePairModel: Sendable {
  /// The bytes of every token.
  let tokens: TokenBytes
  /// The token of each byte, or `TokenBytes.noToken` where the vocabulary has none.
  let byteTokens: [UInt32]
  /// The merges, least rank first to apply.
  let merges: MergeTables
  /// Whether a piece that is a token is that token, whatever the merges say: so in tiktoken, and
  /// where a tokenizer.json has `ignore_merges`.
  let prefersWholePieces: Bool

  init(tokens: TokenBytes, byteTokens: [UInt32], pairs: PairList, prefersWholePieces: Bool) {
    self.tokens = tokens
    self.byteTokens = byteTokens
    self.prefersWholePieces = prefersWholePieces
    merges = MergeTables(pairs: pairs, byteTokens: byteTokens)
  }

  /// A vocabulary without a list of merges, as tiktoken has it: two neighbours merge whenever
  /// their concatenation is a token, and the least id goes first.
  ///
  /// - Parameters:
  ///   - tokens: The tokens with their ids.
  ///   - special: Tokens that text never becomes, by their content.
  ///   - place: What messages begin with.
  /// - Throws: `badData` where a byte that UTF-8 may hold has no token, or an id is taken.
  convenience init(
    ranks tokens: consuming TokenBytes, special: [String: UInt32] = [:], place: String
  ) throws(CuveeError) {
    let byteTokens = try Self.byteTokens(of: tokens, place: place)
    // Every split of a token into two tokens is a pair, as any of them may meet.
    var pairs = PairList(capacity: tokens.count * 3)
    tokens.forEachSplit { left, right, id in pairs.append(left, right, rank: id, merged: id) }
    for (content, id) in special.sorted(by: { $0.value < $1.value }) {
      try tokens.addChecked(
        Array(content.utf8), id: id, place: "\(place): special token \(content)", isText: false)
    }
    self.init(tokens: tokens, byteTokens: byteTokens, pairs: pairs, prefersWholePieces: true)
  }

  /// The token of each byte.
  ///
  /// - Throws: `badData` where a byte that UTF-8 may hold has no token.
  static func byteTokens(of tokens: TokenBytes, place: String) throws(CuveeError) -> [UInt32] {
    let result = byteTokens(of: tokens)
    for byte in UInt8.min...UInt8.max
    where result[Int(byte)] == TokenBytes.noToken && occursInUTF8(byte) {
      throw .badData(
        "\(place): no token stands for the byte 0x\(String(byte, radix: 16, uppercase: true)); "
          + "a byte-level vocabulary needs one for every byte of UTF-8")
    }
    return result
  }

  /// The token of each byte, or `noToken`.
  static func byteTokens(of tokens: TokenBytes) -> [UInt32] {
    (UInt8.min...UInt8.max).map { byte in
      let single = [byte]
      return tokens.find(single.span)
    }
  }

  /// Whether UTF-8 may hold a byte.
  static func occursInUTF8(_ byte: UInt8) -> Bool { byte < 0xC0 || (0xC2...0xF4).contains(byte) }
}
