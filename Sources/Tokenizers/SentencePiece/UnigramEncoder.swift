import Bytes

/// Encodes text with a unigram vocabulary, word by word.
///
/// SentencePiece adds scores up over the whole text in single precision, so what is almost equal is
/// decided by rounding, and that by the sum so far. A word's path is therefore remembered together
/// with the margin by which it won: it stands wherever the rounding of the sum is too small to
/// overturn that. Elsewhere the word is searched anew from the very sum. The sum itself is carried on
/// exactly, by the additions that the reference makes.
struct UnigramEncoder {
  /// Longer words hardly ever come twice.
  private static let longestRemembered = 512
  /// Paths of more ids than this are not remembered.
  private static let longestPath = 64

  private let model: UnigramModel
  /// The id that a neighbour of the same takes in, or `none`.
  private let fusedUnknown: UInt32
  private var lattice: UnigramLattice
  /// Of each word the tolerance of its path, as the bits of a `Float`, and then the path. It is below
  /// zero where the path has an id that is not a token as it is.
  private var cache: PretokenCache
  private var window = PartWindow()
  /// A word that is about to be remembered.
  private var value: [UInt32] = []
  /// The ids of remembered words, gathered before they are appended at once.
  private var gathered = [UInt32](
    repeating: 0, count: PartWindow.capacity * (PretokenKey.longest + 1))

  /// Takes ids before the end of a text.
  var drain = TokenDrain()

  init(_ model: UnigramModel, cacheBudget: Int) {
    self.model = model
    fusedUnknown = model.unknown.fuses ? model.unknown.id ?? ByteTrie.none : ByteTrie.none
    lattice = UnigramLattice(model)
    cache = PretokenCache(budget: cacheBudget)
  }

  /// Appends the ids of a text, in which U+2581 is a space where the vocabulary escapes spaces.
  mutating func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    // Where the ids of the text begin, those that were taken counted.
    let first = drain.taken + ids.count
    var sum: Float = 0
    var start = 0
    var gathered: [UInt32] = []
    swap(&gathered, &self.gathered)
    while start < text.count {
      if model.arithmetic == .single {
        window.cut(text, from: &start, model.joins)
      } else {
        window.take(text)
        start = text.count
      }
      window.touch(cache)
      encodeWindow(text, &sum, through: &gathered, from: first, into: &ids)
      drain.relieve(&ids)
    }
    swap(&gathered, &self.gathered)
  }

  private mutating func encodeWindow(
    _ text: Span<UInt8>, _ sum: inout Float, through gathered: inout [UInt32], from first: Int,
    into ids: inout [UInt32]
  ) {
    var output = gathered.mutableSpan
    var count = 0
    for index in 0..<window.count {
      let part = window[index]
      var entry = ShortPretokenTable.Entry.empty
      if part.isShort {
        entry = cache.find(part.key, hash: part.hash)
        if entry.count > 0 {
          let isSpilled = entry.count > 3
          let bits = isSpilled ? cache.spilledID(entry.first) : entry.first
          if Float(bitPattern: bits) > model.roundingError(sum, part.length) {
            if isSpilled {
              for place in entry.first &+ 1..<entry.first &+ entry.count {
                gather(cache.spilledID(place), &sum, &output, &count)
              }
            } else {
              gather(entry.second, &sum, &output, &count)
              if entry.count == 3 { gather(entry.third, &sum, &output, &count) }
            }
            continue
          }
        }
      }
      if count > 0 {
        ids.append(output.span.extracting(0..<count))
        count = 0
      }
      let word = text.extracting(part.start..<part.start &+ part.length)
      if part.isShort {
        short(word, part, entry, &sum, from: first, into: &ids)
      } else {
        long(word, &sum, from: first, into: &ids)
      }
    }
    ids.append(output.span.extracting(0..<count))
  }

  @inline(__always)
  private func gather(
    _ id: UInt32, _ sum: inout Float, _ output: inout MutableSpan<UInt32>, _ count: inout Int
  ) {
    sum += model.singleScores[Int(id)]
    output[count] = id
    count &+= 1
  }

  @inline(never)
  private mutating func short(
    _ word: Span<UInt8>, _ part: PartWindow.Part, _ entry: ShortPretokenTable.Entry,
    _ sum: inout Float, from first: Int, into ids: inout [UInt32]
  ) {
    value.removeAll(keepingCapacity: true)
    if cache.append(part.key, hash: part.hash, to: &value),
      append(value.span, word.count, &sum, from: first, into: &ids)
    {
      return
    }
    if search(word, &sum, from: first, into: &ids), entry.count == 0 {
      cache.insert(part.key, ids: value, from: 0)
    }
  }

  @inline(never)
  private mutating func long(
    _ word: Span<UInt8>, _ sum: inout Float, from first: Int, into ids: inout [UInt32]
  ) {
    if word.count > Self.longestRemembered {
      // Room for all of them at once: a list that grows is there twice while it is copied.
      if !drain.isActive { ids.reserveCapacity(max(ids.capacity, ids.count + word.count)) }
      lattice.begin(sum)
      var goesOn = true
      while goesOn {
        goesOn = lattice.next(word, &sum)
        var isUsual = true
        for id in lattice.path { emit(id, &isUsual, from: first, into: &ids) }
        drain.relieve(&ids)
      }
      return
    }
    let hash = StableHash.xxh3(word)
    value.removeAll(keepingCapacity: true)
    let isKnown = cache.append(word, hash: hash, to: &value)
    if isKnown, append(value.span, word.count, &sum, from: first, into: &ids) { return }
    if search(word, &sum, from: first, into: &ids), !isKnown {
      cache.insert(word, hash: hash, ids: value, from: 0)
    }
  }

  /// Finds the best path of a word and appends it.
  ///
  /// - Returns: Whether `value` now holds what is to be remembered of it.
  @inline(never)
  private mutating func search(
    _ word: Span<UInt8>, _ sum: inout Float, from first: Int, into ids: inout [UInt32]
  ) -> Bool {
    let tolerance = lattice.findPath(word, &sum)
    var isUsual = true
    for id in lattice.path { emit(id, &isUsual, from: first, into: &ids) }
    guard tolerance > 0, lattice.path.count <= Self.longestPath else { return false }
    value.removeAll(keepingCapacity: true)
    value.append((isUsual ? tolerance : -tolerance).bitPattern)
    value += lattice.path
    return true
  }

  /// Appends a remembered path where it stands at a sum.
  private func append(
    _ known: Span<UInt32>, _ length: Int, _ sum: inout Float, from first: Int,
    into ids: inout [UInt32]
  ) -> Bool {
    guard abs(Float(bitPattern: known[0])) > model.roundingError(sum, length) else { return false }
    var isUsual = true
    for index in 1..<known.count {
      sum += model.singleScore(known[index])
      emit(known[index], &isUsual, from: first, into: &ids)
    }
    return true
  }

  @inline(__always)
  private func emit(
    _ id: UInt32, _ isUsual: inout Bool, from first: Int, into ids: inout [UInt32]
  ) {
    if id & CharacterPairModel.character == 0, id != fusedUnknown { return ids.append(id) }
    isUsual = false
    emitUnusual(id, from: first, into: &ids)
  }

  @inline(never)
  private func emitUnusual(_ id: UInt32, from first: Int, into ids: inout [UInt32]) {
    var token: UInt32? = id
    if id & CharacterPairModel.character != 0 {
      if let bytes = model.unknown.bytes {
        var text: [UInt8] = []
        UTF8Decoding.append(id & ~CharacterPairModel.character, to: &text)
        for byte in text { ids.append(bytes[Int(byte)]) }
        return
      }
      token = model.unknown.id
    }
    guard let token else { return }
    let follows =
      token == model.unknown.id && ids.count > drain.index(of: first)
      && ids[ids.count - 1] == token
    if !(follows && model.unknown.fuses) { ids.append(token) }
  }
}
