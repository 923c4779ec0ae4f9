import Bytes

/// Encodes text with a vocabulary of character pairs: cuts it to words where that is proven to
/// change nothing, and looks up or merges each.
struct CharacterPairEncoder {
  /// Up to this many symbols scanning is the faster way.
  private static let longestScanned = 40

  private let model: CharacterPairModel
  private var cache: PretokenCache
  private var symbols: [UInt32] = []
  private var ranked: [UInt64] = []
  private var heapMerger = HeapMerger()

  init(_ model: CharacterPairModel, cacheBudget: Int) {
    self.model = model
    cache = PretokenCache(budget: cacheBudget)
  }

  /// Appends the ids of a text.
  mutating func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if text.isEmpty { return }
    if model.prefersWholePieces {
      let whole = model.tokens.find(text)
      if whole != TokenBytes.noToken { return ids.append(whole) }
    }
    let first = ids.count
    guard let joins = model.joins else { return merge(text, into: &ids) }
    var start = 0
    while start < text.count {
      let end = joins.partEnd(in: text, from: start)
      if end &- start <= PretokenKey.longest {
        short(text, start, end, from: first, into: &ids)
      } else {
        long(text.extracting(start..<end), from: first, into: &ids)
      }
      start = end
    }
  }

  @inline(__always)
  private mutating func short(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, from first: Int, into ids: inout [UInt32]
  ) {
    let key = PretokenKey(text, at: start, length: end &- start)
    let count = ids.count
    if !cache.append(key, hash: key.hash, to: &ids) {
      let before = ids.count
      merge(text.extracting(start..<end), into: &ids)
      cache.insert(key, ids: ids, from: before)
    }
    if model.unknown.fuses { fuse(at: count, from: first, in: &ids) }
  }

  @inline(never)
  private mutating func long(
    _ piece: Span<UInt8>, from first: Int, into ids: inout [UInt32]
  ) {
    let count = ids.count
    if piece.count > LongPretokenTable.longest {
      merge(piece, into: &ids)
    } else {
      let hash = StableHash.xxh3(piece)
      if !cache.append(piece, hash: hash, to: &ids) {
        merge(piece, into: &ids)
        cache.insert(piece, hash: hash, ids: ids, from: count)
      }
    }
    if model.unknown.fuses { fuse(at: count, from: first, in: &ids) }
  }

  /// Takes out an unknown token that stands behind another one.
  private func fuse(at index: Int, from first: Int, in ids: inout [UInt32]) {
    guard let unknown = model.unknown.id, index > first, index < ids.count,
      ids[index] == unknown, ids[index - 1] == unknown
    else { return }
    ids.remove(at: index)
  }

  /// Merges a text as a whole.
  @inline(never)
  private mutating func merge(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    symbols.removeAll(keepingCapacity: true)
    let hasUserDefined = !model.userDefined.isEmpty
    var index = 0
    while index < text.count {
      if hasUserDefined, let found = model.userDefined.longest(text, at: index) {
        symbols.append(CharacterPairModel.character | CharacterPairModel.frozen | found.value)
        index += found.length
        continue
      }
      let (symbol, length) = model.symbol(in: text, at: index)
      if model.mergesUnknown {
        model.append(symbol, to: &symbols, from: 0)
      } else {
        symbols.append(symbol)
      }
      index += length
    }
    if symbols.count <= Self.longestScanned {
      scan()
    } else {
      heapMerger.merge(&symbols, pairs: model.pairs)
    }
    let start = ids.count
    for symbol in symbols { model.append(symbol, to: &ids, from: start) }
  }

  /// Merges few symbols: again and again the pair of least rank, leftmost first.
  private mutating func scan() {
    ranked.removeAll(keepingCapacity: true)
    for index in 1..<max(1, symbols.count) {
      ranked.append(model.pairs.find(symbols[index - 1], symbols[index]))
    }
    while true {
      // Ranks may be equal, so only they are compared, and the first of them is taken.
      var best = UInt64.max >> 32
      var position = -1
      for index in 0..<ranked.count where ranked[index] >> 32 < best {
        best = ranked[index] >> 32
        position = index
      }
      if position < 0 { return }
      let merged = UInt32(truncatingIfNeeded: ranked[position])
      symbols[position] = merged
      symbols.remove(at: position + 1)
      ranked.remove(at: position)
      if position < ranked.count {
        ranked[position] = model.pairs.find(merged, symbols[position + 1])
      }
      if position > 0 {
        ranked[position - 1] = model.pairs.find(symbols[position - 1], merged)
      }
    }
  }
}
