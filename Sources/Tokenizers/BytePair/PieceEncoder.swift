import Bytes
import CByteKernels

/// Encodes text: cuts it to pieces and looks up or merges each.
///
/// The cache is larger than the processor's, so a look-up waits for memory. Pieces are therefore
/// cut some ahead, and the entries of all of them are asked for before the first is used.
struct PieceEncoder: ~Copyable {
  /// The pieces that are cut ahead.
  private static let window = 256
  /// What a window may cover, so that offsets in it are short.
  private static let reach = 1 << 30
  /// The share of the budget for pieces too long for the short cache.
  private static let longShare = 8

  private let model: BytePairModel
  private let scanner: PieceScanner?
  private let pattern: PretokenPattern
  private var cache: PieceCache
  private var pieces = PieceWindow(capacity: window + PieceScanner.slack)
  private var long: PretokenCache
  private var merger = BytePairMerger()
  /// Takes ids before the end of a text.
  var drain = TokenDrain()

  init(
    model: BytePairModel, pattern: PretokenPattern, cacheBudget: Int,
    level: PieceScanner.Level = .best
  ) {
    self.model = model
    self.pattern = pattern
    scanner = PieceScanner(pattern, level: level)
    cache = PieceCache(budget: cacheBudget)
    long = PretokenCache(budget: cacheBudget / Self.longShare)
  }

  /// Appends the ids of a text.
  mutating func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    encode(text, tokens: nil, into: &ids)
  }

  /// Appends the ids of a text in which added tokens are looked for.
  mutating func encode(
    _ text: Span<UInt8>, tokens: AddedTokenMatcher?, into ids: inout [UInt32]
  ) {
    var start = 0
    var match = tokens?.nextOrdinary(in: text, from: 0)
    while start < text.count {
      // Offsets in a window are from its start.
      let rest = text.extracting(start..<text.count)
      var end = 0
      pieces.count = 0
      while pieces.count < Self.window && end < Self.reach {
        let stop = match.map { $0.start - start } ?? rest.count
        if end < stop {
          cut(rest.extracting(0..<stop), from: &end)
          if end < stop { break }
        }
        guard let found = match, pieces.count < Self.window else { break }
        end = found.end - start
        pieces.add(token: found.id, endingAt: UInt32(end))
        match = tokens?.nextOrdinary(in: text, from: found.end)
      }
      if pieces.count > 0 {
        encodeWindow(rest, end: end, into: &ids)
      } else {
        // A piece beyond the reach of a window.
        end = pattern.pretokenizer?.pieceEnd(in: rest, from: 0) ?? rest.count
        encodeLong(rest.extracting(0..<end), into: &ids)
      }
      start += end
      drain.relieve(&ids)
    }
  }

  /// Appends the ids of pieces that are cut already.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - start: Where the first piece starts.
  ///   - ends: Where the pieces end, and which of them are left out.
  ///   - ids: Where the ids are appended.
  mutating func encode(
    _ text: Span<UInt8>, from start: Int, cutAt ends: SplitChain.Ends, into ids: inout [UInt32]
  ) {
    var start = start
    var index = 0
    while index < ends.count {
      let rest = text.extracting(start..<text.count)
      var end = 0
      pieces.count = 0
      while index < ends.count && pieces.count < Self.window {
        let offset = ends[index].offset - start
        if offset > Self.reach { break }
        if ends[index].isRemoved {
          pieces.add(token: TokenBytes.noToken, endingAt: UInt32(offset))
        } else {
          pieces.add(endingAt: UInt32(offset))
        }
        end = offset
        index += 1
      }
      if pieces.count > 0 {
        encodeWindow(rest, end: end, into: &ids)
      } else {
        end = ends[index].offset - start
        if !ends[index].isRemoved { encodeLong(rest.extracting(0..<end), into: &ids) }
        index += 1
      }
      start += end
      drain.relieve(&ids)
    }
  }

  /// Cuts pieces until the window is full or the text ends.
  private mutating func cut(_ text: Span<UInt8>, from start: inout Int) {
    if let scanner {
      pieces.cut(text, from: &start, by: scanner, limit: Self.window, reach: Self.reach)
    } else if text.count <= Self.reach {
      start = text.count
      pieces.add(endingAt: UInt32(start))
    }
  }

  /// Appends the ids of the pieces of a window, which is the start of a text.
  private mutating func encodeWindow(
    _ text: Span<UInt8>, end: Int, into ids: inout [UInt32]
  ) {
    // What a long piece comes to is not known before.
    let needed = ids.count + min(end, 1 << 20) + PieceWindow.slack
    if needed > ids.capacity { ids.reserveCapacity(max(needed, ids.capacity * 2)) }
    pieces.makeKeys(of: text, cache: &cache)
    var index = 0
    // Of pieces before this one, those that are tokens are remembered as such.
    var checked = model.prefersWholePieces ? 0 : pieces.count
    while index < pieces.count {
      let begin = pieces.start(of: index)
      pieces.encode(
        from: &index, bytes: end - begin, checked: checked, &cache, model.merges, into: &ids)
      guard index < pieces.count else { return }
      // What the kernel leaves: a token of the caller's, a long piece, one that may be a token, or a
      // cache without room.
      let start = pieces.start(of: index)
      if let token = pieces.token(at: index) {
        if token != TokenBytes.noToken { ids.append(token) }
      } else if pieces.end(of: index) - start > PretokenKey.longest {
        encodeLong(text.extracting(start..<pieces.end(of: index)), into: &ids)
      } else if index >= checked, cache.hasRoom {
        checked = rememberTokens(of: text, from: index)
        continue
      } else {
        cache.makeRoom()
        // It may have started again.
        if model.prefersWholePieces { checked = index }
        continue
      }
      index += 1
    }
  }

  /// Remembers the pieces of a window from an index on that are tokens, as far as there is room.
  ///
  /// - Returns: The first piece that was not looked at; behind the index where there is room for one.
  @inline(never)
  private mutating func rememberTokens(of text: Span<UInt8>, from index: Int) -> Int {
    var next = index
    while true {
      next = pieces.nextUnknown(from: next, in: &cache)
      if next >= pieces.count || !cache.hasRoom { return next }
      let token = model.tokens.find(
        text.extracting(pieces.start(of: next)..<pieces.end(of: next)))
      if token != TokenBytes.noToken { pieces.remember(next, [token], from: 0, in: &cache) }
      next += 1
    }
  }

  @inline(never)
  private mutating func encodeLong(_ piece: Span<UInt8>, into ids: inout [UInt32]) {
    if piece.count > LongPretokenTable.longest {
      merger.merge(piece, model: model, into: &ids, drain)
      return
    }
    let hash = StableHash.xxh3(piece)
    if long.append(piece, hash: hash, to: &ids) { return }
    let start = ids.count
    merger.merge(piece, model: model, into: &ids)
    long.insert(piece, hash: hash, ids: ids, from: start)
  }
}
