import Bytes

/// Encodes text with a vocabulary of character pairs: cuts it to words where that is proven to
/// change nothing, and looks up or merges each.
struct CharacterPairEncoder: ~Copyable {
  /// Up to this many symbols scanning is the faster way.
  private static let longestScanned = 40
  /// The parts that are cut ahead, so that the cache is asked for all of them at once.
  private static let window = 256
  /// What a window may cover, so that offsets in it are short.
  private static let reach = 1 << 30
  /// The share of the budget for parts too long for the short cache.
  private static let longShare = 8

  private let model: CharacterPairModel
  private var cache: PieceCache
  private var long: PretokenCache
  private var parts = PieceWindow(capacity: window + JoinTable.slack)
  private var symbols: [UInt32] = []
  private var ranked: [UInt64] = []
  private var heapMerger = HeapMerger()
  /// Takes ids before the end of a text.
  var drain = TokenDrain()

  init(_ model: CharacterPairModel, cacheBudget: Int) {
    self.model = model
    cache = PieceCache(budget: cacheBudget)
    long = PretokenCache(budget: cacheBudget / Self.longShare)
  }

  /// Appends the ids of a text.
  mutating func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if text.isEmpty { return }
    if model.prefersWholePieces {
      let whole = model.tokens.find(text)
      if whole != TokenBytes.noToken { return ids.append(whole) }
    }
    let first = drain.taken + ids.count
    guard let joins = model.joins else { return merge(text, into: &ids) }
    var start = 0
    while start < text.count {
      // Offsets in a window are from its start.
      let rest = text.extracting(start..<text.count)
      var end = 0
      parts.count = 0
      parts.cut(rest, from: &end, by: joins, limit: Self.window, reach: Self.reach)
      if end > 0 {
        encodeWindow(rest, end: end, into: &ids)
      } else {
        end = joins.partEnd(in: rest, from: 0)
        merge(rest.extracting(0..<end), into: &ids)
      }
      start += end
      if drain.wants(ids) {
        if model.unknown.fuses { fuse(from: drain.index(of: first), in: &ids) }
        drain.relieve(&ids)
      }
    }
    if model.unknown.fuses { fuse(from: drain.index(of: first), in: &ids) }
  }

  /// Appends the ids of the parts of a window, which is the start of a text.
  private mutating func encodeWindow(_ text: Span<UInt8>, end: Int, into ids: inout [UInt32]) {
    // What a long part comes to is not known before.
    let needed = ids.count + min(end, 1 << 20) + PieceWindow.slack
    if needed > ids.capacity { ids.reserveCapacity(max(needed, ids.capacity * 2)) }
    parts.makeKeys(of: text, cache: &cache)
    var index = 0
    while index < parts.count {
      parts.encode(
        from: &index, bytes: end - parts.start(of: index), checked: parts.count, &cache,
        model.tables, into: &ids)
      guard index < parts.count else { return }
      // What the kernel leaves: a long part, a new one that it does not merge, or a cache without room.
      let part = text.extracting(parts.start(of: index)..<parts.end(of: index))
      if part.count > PretokenKey.longest {
        encodeLong(part, into: &ids)
      } else if model.tables.scope == .ascii, isASCII(part) {
        cache.makeRoom()
        continue
      } else {
        let first = ids.count
        merge(part, into: &ids)
        cache.makeRoom()
        parts.remember(index, ids, from: first, in: &cache)
      }
      index += 1
    }
  }

  @inline(never)
  private mutating func encodeLong(_ part: Span<UInt8>, into ids: inout [UInt32]) {
    if part.count > LongPretokenTable.longest { return merge(part, into: &ids) }
    let hash = StableHash.xxh3(part)
    if long.append(part, hash: hash, to: &ids) { return }
    let first = ids.count
    merge(part, into: &ids)
    long.insert(part, hash: hash, ids: ids, from: first)
  }

  /// Leaves one of each run of unknown tokens.
  private func fuse(from first: Int, in ids: inout [UInt32]) {
    guard let unknown = model.unknown.id else { return }
    var kept = first
    for index in first..<ids.count {
      if ids[index] == unknown, kept > first, ids[kept - 1] == unknown { continue }
      ids[kept] = ids[index]
      kept += 1
    }
    ids.removeLast(ids.count - kept)
  }

  private func isASCII(_ part: Span<UInt8>) -> Bool {
    for index in 0..<part.count where part[index] >= 0x80 { return false }
    return true
  }

  /// Merges a text as a whole.
  @inline(never)
  private mutating func merge(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if model.tables.scope == .ascii, text.count <= MergeTables.mostSymbols {
      return mergeByKernel(text, into: &ids)
    }
    if text.count > WindowMerger.usualWindow, mergeWindows(text, into: &ids) { return }
    symbols.removeAll(keepingCapacity: true)
    var index = 0
    model.appendSymbols(of: text, from: &index, to: &symbols, until: .max)
    if symbols.count <= Self.longestScanned {
      scan()
    } else {
      heapMerger.merge(&symbols, pairs: model.pairs)
    }
    let start = ids.count
    for symbol in symbols { model.append(symbol, to: &ids, from: start) }
  }

  /// Merges a long text in windows; false, and nothing appended, where that does not come out.
  private func mergeWindows(_ text: Span<UInt8>, into ids: inout [UInt32]) -> Bool {
    let start = drain.taken + ids.count
    // Room for all of them at once: a list that grows is there twice while it is copied.
    if !drain.isActive { ids.reserveCapacity(max(ids.capacity, ids.count + text.count)) }
    var merger = WindowMerger()
    var index = 0
    let comesOut = merger.merge(
      pairs: model.pairs,
      fill: { symbols, count in
        model.appendSymbols(of: text, from: &index, to: &symbols, until: count)
        return index < text.count
      },
      emit: { tokens in
        let start = drain.index(of: start)
        for token in tokens { model.append(token, to: &ids, from: start) }
        drain.relieve(&ids)
      })
    if !comesOut { drain.rollBack(&ids, to: start) }
    return comesOut
  }

  private mutating func mergeByKernel(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    symbols.removeAll(keepingCapacity: true)
    var index = 0
    while index < text.count {
      let (symbol, length) = model.symbol(in: text, at: index)
      model.append(symbol, to: &symbols, from: 0)
      index += length
    }
    model.tables.merge(symbols: symbols.span, into: &ids)
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
