import Bytes

/// Encodes text with a unigram vocabulary, word by word.
///
/// SentencePiece adds scores up over the whole text in single precision, so what is almost equal is
/// decided by rounding, and that by the sum so far. A word's path is therefore remembered together
/// with the margin by which it won: it stands wherever the rounding of the sum is too small to
/// overturn that. Elsewhere the word is searched anew from the very sum. The sum itself is carried on
/// exactly, by the additions that the reference makes.
struct UnigramEncoder {
  private struct Node: BitwiseCopyable {
    var sum: Double
    /// The greatest sum that did not win, or as many as there are.
    var second: Double
    var start: Int32
    var id: UInt32

    static let none = Node(sum: 0, second: -.infinity, start: -1, id: 0)
  }

  /// A word's path and the place of its ids.
  private struct Entry: BitwiseCopyable {
    var key: PretokenKey
    /// The greatest error of one addition with which the path still stands.
    var tolerance: Double
    var start: UInt32
    var count: UInt32
  }

  /// Ids of a path that are more than this are not remembered.
  private static let longestPath = 64

  private let model: UnigramModel
  private let cacheBudget: Int
  private var nodes: [Node] = []
  private var path: [UInt32] = []
  private var entries: [Entry]
  private var entryCount = 0
  private var spilled: [UInt32] = []
  private var long: [[UInt8]: (tolerance: Double, ids: [UInt32])] = [:]
  private var longBytes = 0

  private static let emptyEntry = Entry(
    key: PretokenKey(low: 0, high: 0), tolerance: 0, start: 0, count: 0)

  init(_ model: UnigramModel, cacheBudget: Int) {
    self.model = model
    self.cacheBudget = cacheBudget
    entries = Array(repeating: Self.emptyEntry, count: 1 << 12)
  }

  /// Appends the ids of a text, in which U+2581 is a space where the vocabulary escapes spaces.
  mutating func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    let first = ids.count
    var sum = 0.0
    if text.isEmpty { return }
    if model.arithmetic == .double {
      return word(text, 0, text.count, &sum, from: first, into: &ids)
    }
    var start = 0
    while start < text.count {
      let end = model.joins.partEnd(in: text, from: start)
      word(text, start, end, &sum, from: first, into: &ids)
      start = end
    }
  }

  @inline(__always)
  private mutating func word(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ sum: inout Double, from first: Int,
    into ids: inout [UInt32]
  ) {
    guard end &- start <= PretokenKey.longest else {
      return longWord(text.extracting(start..<end), &sum, from: first, into: &ids)
    }
    let key = PretokenKey(text, at: start, length: end &- start)
    let slot = find(key)
    let entry = entries[slot]
    if entry.count > 0, entry.tolerance > roundingError(sum, end &- start) {
      let begin = Int(entry.start)
      for index in begin..<begin + Int(entry.count) {
        let id = spilled[index]
        sum = model.kept(sum + score(id))
        emit(id, from: first, into: &ids)
      }
      return
    }
    search(text.extracting(start..<end), &sum, from: first, into: &ids, key: key)
  }

  private func score(_ id: UInt32) -> Double {
    id & CharacterPairModel.character == 0 ? model.scores[Int(id)] : model.unknownScore
  }

  /// The most that one addition may be off while a word of some bytes is added to a sum.
  @inline(__always)
  private func roundingError(_ sum: Double, _ length: Int) -> Double {
    guard model.arithmetic == .single else {
      // Each piece begins at zero, as the remembered path did.
      return 0
    }
    let far = abs(sum) + Double(length) * model.farthest
    if far > UnigramModel.greatestSum { return .infinity }
    return Double(Float(far).ulp)
  }

  private mutating func search(
    _ text: Span<UInt8>, _ sum: inout Double, from first: Int, into ids: inout [UInt32],
    key: PretokenKey
  ) {
    let margin = findPath(text, &sum)
    for id in path { emit(id, from: first, into: &ids) }
    if margin > 0, path.count <= Self.longestPath, entries[find(key)].count == 0 {
      remember(key, margin)
    }
  }

  @inline(never)
  private mutating func longWord(
    _ text: Span<UInt8>, _ sum: inout Double, from first: Int, into ids: inout [UInt32]
  ) {
    if text.count > LongPretokenTable.longest {
      _ = findPath(text, &sum)
      for id in path { emit(id, from: first, into: &ids) }
      return
    }
    var bytes: [UInt8] = []
    bytes.append(text)
    if let known = long[bytes], known.tolerance > roundingError(sum, text.count) {
      for id in known.ids {
        sum = model.kept(sum + score(id))
        emit(id, from: first, into: &ids)
      }
      return
    }
    let margin = findPath(text, &sum)
    for id in path { emit(id, from: first, into: &ids) }
    guard margin > 0, long[bytes] == nil else { return }
    longBytes += bytes.count + path.count * 4 + 128
    if longBytes > cacheBudget / 4 {
      long.removeAll()
      longBytes = 0
    }
    long[bytes] = (margin, path)
  }

  /// Finds the best path of a word and puts its ids into `path`; characters that are unknown are
  /// there as themselves.
  ///
  /// - Returns: The greatest error of one addition with which it still wins; 0 where not known.
  private mutating func findPath(_ text: Span<UInt8>, _ sum: inout Double) -> Double {
    let size = text.count
    nodes.removeAll(keepingCapacity: true)
    for _ in 0...size { nodes.append(.none) }
    nodes[0].sum = sum
    nodes[0].start = 0
    var start = 0
    var characters = 0
    while start < size {
      if abs(nodes[start].sum) > UnigramModel.greatestSum, model.arithmetic == .single {
        startAgain(from: start)
      }
      let before = nodes[start].sum
      let (point, length) = UTF8Decoding.scalar(in: text, at: start)
      var hasSingle = false
      var node = ByteTrie.root
      var index = start
      while index < size, let next = model.trie.child(of: node, text[index]) {
        node = next
        index &+= 1
        let id = model.trie.value(of: node)
        if id == ByteTrie.none { continue }
        offer(model.kept(model.scores[Int(id)] + before), id, start, at: index)
        if index &- start == length { hasSingle = true }
      }
      if !hasSingle {
        let id = CharacterPairModel.character | point
        offer(model.kept(model.unknownScore + before), id, start, at: start + length)
      }
      start += length
      characters += 1
    }
    path.removeAll(keepingCapacity: true)
    var margin = Double.infinity
    var end = size
    while end > 0 {
      let node = nodes[end]
      margin = min(margin, node.sum - node.second)
      path.append(node.id)
      end = Int(node.start)
    }
    path.reverse()
    // Each of two paths has at most as many additions as the word has characters, and each of them
    // is off by half a unit in the last place at most. The sums here were off in the same way.
    let own = roundingError(sum, size)
    sum = nodes[size].sum
    return model.arithmetic == .single ? margin / Double(characters) - own : .infinity
  }

  /// Takes the sum at a node off all sums from there on, as SentencePiece 0.2.3 does.
  private mutating func startAgain(from start: Int) {
    let offset = nodes[start].sum
    for index in start..<nodes.count where index == start || nodes[index].start >= 0 {
      nodes[index].sum = model.kept(nodes[index].sum - offset)
      nodes[index].second -= offset
    }
  }

  @inline(__always)
  private mutating func offer(_ sum: Double, _ id: UInt32, _ start: Int, at end: Int) {
    let old = nodes[end]
    if old.start < 0 || sum > old.sum {
      nodes[end] = Node(
        sum: sum, second: old.start < 0 ? -.infinity : max(old.sum, old.second),
        start: Int32(truncatingIfNeeded: start), id: id)
    } else {
      nodes[end].second = max(old.second, sum)
    }
  }

  @inline(__always)
  private func emit(_ id: UInt32, from first: Int, into ids: inout [UInt32]) {
    if id & CharacterPairModel.character == 0 {
      if id == model.unknown.id, model.unknown.fuses, ids.count > first,
        ids[ids.count - 1] == id
      {
        return
      }
      ids.append(id)
    } else {
      emitUnknown(id, from: first, into: &ids)
    }
  }

  private func emitUnknown(_ symbol: UInt32, from first: Int, into ids: inout [UInt32]) {
    if let bytes = model.unknown.bytes {
      var text: [UInt8] = []
      UTF8Decoding.append(symbol & ~CharacterPairModel.character, to: &text)
      for byte in text { ids.append(bytes[Int(byte)]) }
    } else if let id = model.unknown.id {
      if model.unknown.fuses, ids.count > first, ids[ids.count - 1] == id { return }
      ids.append(id)
    }
  }

  // The remembered words --------------------------------------------------------------------

  @inline(__always)
  private func find(_ key: PretokenKey) -> Int {
    let mask = entries.count &- 1
    var index = key.hash & mask
    while entries[index].count > 0,
      entries[index].key.low != key.low || entries[index].key.high != key.high
    {
      index = (index &+ 1) & mask
    }
    return index
  }

  private mutating func remember(_ key: PretokenKey, _ tolerance: Double) {
    let size = entries.count * MemoryLayout<Entry>.stride * 2 + spilled.count * 4
    if size > cacheBudget {
      entries = Array(repeating: Self.emptyEntry, count: 1 << 12)
      spilled.removeAll(keepingCapacity: true)
      entryCount = 0
    } else if entryCount * 2 >= entries.count {
      let old = entries
      entries = Array(repeating: Self.emptyEntry, count: old.count * 2)
      for entry in old where entry.count > 0 { entries[find(entry.key)] = entry }
    }
    entries[find(key)] = Entry(
      key: key, tolerance: tolerance, start: UInt32(spilled.count), count: UInt32(path.count))
    spilled += path
    entryCount += 1
  }
}
