import Bytes

/// Encodes text that holds no added tokens: cuts it to pieces and looks up or merges each.
///
/// The cache is larger than the processor's, so a look-up waits for memory. Pieces are therefore
/// cut some ahead, and the entries of all of them are asked for before the first is used.
struct PieceEncoder {
  /// The pieces that are cut ahead.
  private static let window = 128

  /// A piece that is cut and not yet encoded.
  private struct Pending: BitwiseCopyable {
    var start: Int
    var length: Int
    /// The piece itself and its hash, where it is short.
    var key: PretokenKey
    var hash: Int

    static let none = Pending(start: 0, length: 0, key: PretokenKey(low: 0, high: 0), hash: 0)
  }

  private let model: BytePairModel
  private let pattern: PretokenPattern
  private let pretokenizer: (any Pretokenizer)?
  private var cache: PretokenCache
  private var merger = BytePairMerger()
  private var pending = [Pending](repeating: .none, count: window)
  /// What `PretokenCache.touch` has read; kept only so that the reads are not left out.
  private var touched: UInt32 = 0

  init(model: BytePairModel, pattern: PretokenPattern, cacheBudget: Int) {
    self.model = model
    self.pattern = pattern
    pretokenizer = pattern.pretokenizer
    cache = PretokenCache(budget: cacheBudget)
  }

  /// Appends the ids of a text.
  mutating func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if text.isEmpty { return }
    guard let pretokenizer else { return encodeWhole(text, into: &ids) }
    var start = 0
    while start < text.count {
      let count = cut(text, from: &start, pretokenizer)
      for index in 0..<count {
        let piece = pending[index]
        if piece.length > PretokenKey.longest {
          encodeLong(text.extracting(piece.start..<piece.start + piece.length), into: &ids)
        } else if !cache.append(piece.key, hash: piece.hash, to: &ids) {
          let end = piece.start + piece.length
          mergeShort(text.extracting(piece.start..<end), piece.key, into: &ids)
        }
      }
    }
  }

  /// Cuts pieces from an offset on until the window is full or the text ends.
  ///
  /// - Returns: The number of pieces.
  private mutating func cut(
    _ text: Span<UInt8>, from start: inout Int, _ pretokenizer: some Pretokenizer
  ) -> Int {
    var count = 0
    while count < Self.window && start < text.count {
      let end = pretokenizer.pieceEnd(in: text, from: start)
      var piece = Pending.none
      piece.start = start
      piece.length = end &- start
      if piece.length <= PretokenKey.longest {
        piece.key = PretokenKey(text, at: start, length: piece.length)
        piece.hash = piece.key.hash
      }
      pending[count] = piece
      count &+= 1
      start = end
    }
    // A loop of its own: so many reads are under way at once, which a few instructions between
    // them would prevent.
    var sum = touched
    for index in 0..<count { sum &+= cache.touch(pending[index].hash) }
    touched = sum
    return count
  }

  private mutating func encodeWhole(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if text.count > PretokenKey.longest { return encodeLong(text, into: &ids) }
    let key = PretokenKey(text, at: 0, length: text.count)
    if !cache.append(key, hash: key.hash, to: &ids) { mergeShort(text, key, into: &ids) }
  }

  @inline(never)
  private mutating func mergeShort(
    _ piece: Span<UInt8>, _ key: PretokenKey, into ids: inout [UInt32]
  ) {
    let start = ids.count
    merger.merge(piece, model: model, into: &ids)
    cache.insert(key, ids: ids, from: start)
  }

  @inline(never)
  private mutating func encodeLong(_ piece: Span<UInt8>, into ids: inout [UInt32]) {
    if piece.count > LongPretokenTable.longest {
      merger.merge(piece, model: model, into: &ids)
      return
    }
    let hash = StableHash.xxh3(piece)
    if cache.append(piece, hash: hash, to: &ids) { return }
    let start = ids.count
    merger.merge(piece, model: model, into: &ids)
    cache.insert(piece, hash: hash, ids: ids, from: start)
  }
}
