import Bytes
import CByteKernels

/// A byte-pair vocabulary over characters: SentencePiece's, and Hugging Face's without ByteLevel.
///
/// Symbols are ids, and characters that are no token by themselves.
final class CharacterPairModel: Sendable {
  /// Set in symbols that are a character without an id; the rest is the code point.
  static let character: UInt32 = 1 << 31
  /// Set beside `character` in symbols that never merge; the rest is an id.
  static let frozen: UInt32 = 1 << 30

  /// The kernels look through all pairs of tied ranks.
  private static let mostTiedPairs = 256

  /// What stands for characters that are no token.
  struct Unknown: Sendable {
    /// The id for the unknown; nil where they are left out.
    var id: UInt32?
    /// Whether neighbouring unknown characters are one token.
    var fuses: Bool
    /// The ids of bytes, which come before `id` where they are.
    var bytes: [UInt32]?

    /// The token of the symbol of an ASCII character; nil where it is left out.
    func token(ofASCII symbol: UInt32) -> UInt32? {
      if symbol & CharacterPairModel.character == 0 { return symbol }
      return bytes?[Int(symbol & 0x7F)] ?? id
    }
  }

  /// The id of a token by its bytes, as text has them.
  let tokens: TokenBytes
  /// Merges.
  let pairs: CharacterPairs
  let unknown: Unknown
  /// Tokens that stand whole wherever they stand, found before any merge.
  let userDefined: ByteTrie
  /// Where text may be cut; nil where it may not.
  let joins: JoinTable?
  /// The two symbols that an unused token is taken apart to.
  let unused: [UInt32: (left: UInt32, right: UInt32)]
  /// Whether a piece that is a token is that token, whatever the merges say.
  let prefersWholePieces: Bool

  /// Whether what stands for unknown characters takes part in merges.
  let mergesUnknown: Bool
  /// The symbol of each ASCII character.
  let asciiSymbols: [UInt32]
  /// The merges as the kernels read them, of nothing where they cannot do what this model wants.
  let tables: MergeTables

  /// Creates a model.
  init(
    tokens: TokenBytes, pairs: PairList, unknown: Unknown, joins: JoinTable?,
    userDefined: ByteTrie = ByteTrie([]),
    unused: [UInt32: (left: UInt32, right: UInt32)] = [:], prefersWholePieces: Bool = false,
    mergesUnknown: Bool = false
  ) {
    self.tokens = tokens
    self.unknown = unknown
    self.joins = joins
    self.userDefined = userDefined
    self.unused = unused
    self.prefersWholePieces = prefersWholePieces
    self.mergesUnknown = mergesUnknown
    asciiSymbols = (0..<128).map { byte in
      let single = [UInt8(byte)]
      let id = tokens.find(single.span)
      return id == TokenBytes.noToken ? Self.character | UInt32(byte) : id
    }
    let isPlain = userDefined.isEmpty && unused.isEmpty && !mergesUnknown
    let ascii = asciiSymbols.map { unknown.token(ofASCII: $0) }
    var tables: MergeTables?
    if isPlain, Self.fitsKernels(tokens, pairs, unknown), !ascii.contains(nil) {
      let bytes = ascii.compactMap(\.self) + Array(repeating: CUVEE_NO_TOKEN, count: 128)
      tables = MergeTables(pairs: pairs, byteTokens: bytes, scope: .ascii)
    }
    if let tables, tables.tiedCount <= Self.mostTiedPairs {
      self.tables = tables
      self.pairs = .kernels(tables)
    } else {
      let bytes = Array(repeating: CUVEE_NO_TOKEN, count: 256)
      self.tables = MergeTables(pairs: PairList(), byteTokens: bytes, scope: .none)
      self.pairs = .table(PairTable(pairs))
    }
  }

  /// Whether the kernels can merge: all symbols are tokens, and those of unknown characters
  /// merge with nothing.
  private static func fitsKernels(
    _ tokens: TokenBytes, _ pairs: PairList, _ unknown: Unknown
  ) -> Bool {
    let standIns = (unknown.bytes ?? []) + [unknown.id].compactMap { $0 }
    var greatest = standIns.max() ?? 0
    tokens.forEach { id, _ in greatest = max(greatest, id) }
    for pair in pairs.entries {
      greatest = max(greatest, pair.left, pair.right, pair.merged)
      if pair.rank > MergeTables.greatestRank { return false }
    }
    guard greatest <= MergeTables.greatestToken else { return false }
    var isStandIn = [Bool](repeating: false, count: Int(greatest) + 1)
    for id in standIns { isStandIn[Int(id)] = true }
    return !pairs.entries.contains { isStandIn[Int($0.left)] || isStandIn[Int($0.right)] }
  }

  /// The symbol of the character at an offset: its id, or the character itself.
  @inline(__always)
  func symbol(in text: Span<UInt8>, at offset: Int) -> (symbol: UInt32, length: Int) {
    let first = text[offset]
    if first < 0x80 { return (asciiSymbols[Int(first)], 1) }
    let (point, length) = UTF8Decoding.scalar(in: text, at: offset)
    let id = tokens.find(text.extracting(offset..<offset + length))
    return (id == TokenBytes.noToken ? Self.character | point : id, length)
  }

  /// Appends the symbols of a text from an offset on, until there are enough.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - index: Where to begin; set to where it stopped.
  ///   - symbols: Where they are appended.
  ///   - count: How many symbols in the list are enough.
  func appendSymbols(
    of text: Span<UInt8>, from index: inout Int, to symbols: inout [UInt32], until count: Int
  ) {
    let hasUserDefined = !userDefined.isEmpty
    while index < text.count, symbols.count < count {
      if hasUserDefined, let found = userDefined.longest(text, at: index) {
        symbols.append(Self.character | Self.frozen | found.value)
        index += found.length
        continue
      }
      let (symbol, length) = symbol(in: text, at: index)
      if mergesUnknown {
        append(symbol, to: &symbols, from: 0)
      } else {
        symbols.append(symbol)
      }
      index += length
    }
  }

  /// Appends what a symbol is in the end. Unknown characters fuse no further back than `start`.
  func append(_ symbol: UInt32, to ids: inout [UInt32], from start: Int) {
    if symbol & Self.character == 0 {
      if !unused.isEmpty, let parts = unused[symbol] {
        append(parts.left, to: &ids, from: start)
        append(parts.right, to: &ids, from: start)
        return
      }
      ids.append(symbol)
    } else if symbol & Self.frozen != 0 {
      ids.append(symbol & ~(Self.character | Self.frozen))
    } else if let bytes = unknown.bytes {
      var text: [UInt8] = []
      UTF8Decoding.append(symbol & ~Self.character, to: &text)
      for byte in text { ids.append(bytes[Int(byte)]) }
    } else if let id = unknown.id {
      if unknown.fuses, ids.count > start, ids[ids.count - 1] == id { return }
      ids.append(id)
    }
  }
}

/// The merges of characters: as the kernels have them, or beside them where those cannot.
enum CharacterPairs: Sendable, PairFinding {
  case kernels(MergeTables)
  case table(PairTable)

  @inline(__always)
  func find(_ left: UInt32, _ right: UInt32) -> UInt64 {
    switch self {
    case .kernels(let tables): tables.find(left, right)
    case .table(let table): table.find(left, right)
    }
  }
}
