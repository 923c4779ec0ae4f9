import Bytes

/// Encodes text that holds no added tokens: cuts it to pieces and looks up or merges each.
struct PieceEncoder {
  private let model: BytePairModel
  private let pattern: PretokenPattern
  private let gpt2 = GPT2Pretokenizer()
  private var cache: PretokenCache
  private var merger = BytePairMerger()

  init(model: BytePairModel, pattern: PretokenPattern, cacheBudget: Int) {
    self.model = model
    self.pattern = pattern
    cache = PretokenCache(budget: cacheBudget)
  }

  /// Appends the ids of a text.
  mutating func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    var start = 0
    switch pattern {
    case .whole:
      if text.count > 0 { encodePiece(of: text, from: 0, to: text.count, into: &ids) }
    case .gpt2:
      while start < text.count {
        let end = gpt2.pieceEnd(in: text, from: start)
        encodePiece(of: text, from: start, to: end, into: &ids)
        start = end
      }
    }
  }

  @inline(__always)
  private mutating func encodePiece(
    of text: Span<UInt8>, from start: Int, to end: Int, into ids: inout [UInt32]
  ) {
    let length = end &- start
    if length <= PretokenKey.longest {
      let key = PretokenKey(text, at: start, length: length)
      if !cache.append(key, to: &ids) {
        mergeShort(text.extracting(start..<end), key, into: &ids)
      }
    } else {
      encodeLong(text.extracting(start..<end), into: &ids)
    }
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
