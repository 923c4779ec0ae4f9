import Bytes

/// Encodes text with a vocabulary of character pairs: cuts it to words where that is proven to
/// change nothing, and looks up or merges each.
struct CharacterPairEncoder {
  /// Up to this many symbols scanning is the faster way.
  private static let longestScanned = 40
  /// The parts that are cut ahead, so that the cache is asked for all of them at once.
  private static let window = 128

  /// A part that is cut and not yet encoded.
  private struct Part: BitwiseCopyable {
    var start: Int
    var length: Int
    /// The part itself and its hash, where it is short.
    var key: PretokenKey
    var hash: Int

    static let none = Part(start: 0, length: 0, key: PretokenKey(low: 0, high: 0), hash: 0)
  }

  private let model: CharacterPairModel
  private var cache: PretokenCache
  private var symbols: [UInt32] = []
  private var ranked: [UInt64] = []
  private var heapMerger = HeapMerger()
  private var pending = [Part](repeating: .none, count: window)
  /// What the cache's `touch` has read; kept only so that the reads are not left out.
  private var touched: UInt32 = 0

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
      let count = cut(text, from: &start, joins)
      for index in 0..<count {
        let part = pending[index]
        if part.length > PretokenKey.longest {
          long(
            text.extracting(part.start..<part.start + part.length), from: first, into: &ids)
        } else {
          short(text, part, from: first, into: &ids)
        }
      }
    }
  }

  /// Cuts parts from an offset on until the window is full or the text ends.
  ///
  /// - Returns: The number of parts.
  private mutating func cut(
    _ text: Span<UInt8>, from start: inout Int, _ joins: JoinTable
  ) -> Int {
    var count = 0
    while count < Self.window && start < text.count {
      let end = joins.partEnd(in: text, from: start)
      var part = Part.none
      part.start = start
      part.length = end &- start
      if part.length <= PretokenKey.longest {
        part.key = PretokenKey(text, at: start, length: part.length)
        part.hash = part.key.hash
      }
      pending[count] = part
      count &+= 1
      start = end
    }
    // A loop of its own: so many reads are under way at once.
    var sum = touched
    for index in 0..<count { sum &+= cache.touch(pending[index].hash) }
    touched = sum
    return count
  }

  @inline(__always)
  private mutating func short(
    _ text: Span<UInt8>, _ part: Part, from first: Int, into ids: inout [UInt32]
  ) {
    let count = ids.count
    if !cache.append(part.key, hash: part.hash, to: &ids) {
      merge(text.extracting(part.start..<part.start &+ part.length), into: &ids)
      cache.insert(part.key, ids: ids, from: count)
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
