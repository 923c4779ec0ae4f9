/// The parts of a text that are cut ahead, so that a cache can be asked for all of them at once.
struct PartWindow {
  /// The parts that fill it.
  private static let limit = 128
  /// The most that it holds.
  static let capacity = limit + JoinTable.slack
  /// What a window may cover, so that offsets in it are short.
  private static let reach = 1 << 30

  /// A part that is cut and not yet encoded.
  struct Part: BitwiseCopyable {
    var start: Int
    var length: Int
    /// The part itself and its hash, where it is short.
    var key: PretokenKey
    var hash: Int

    /// Whether the key holds the part.
    @inline(__always)
    var isShort: Bool { length <= PretokenKey.longest }
  }

  private var parts = [Part](
    repeating: Part(start: 0, length: 0, key: PretokenKey(low: 0, high: 0), hash: 0),
    count: capacity)
  private var ends = [UInt32](repeating: 0, count: capacity)
  /// The parts in it.
  private(set) var count = 0
  /// What the cache's `touch` has read; kept only so that the reads are not left out.
  private var touched: UInt32 = 0

  /// A part.
  @inline(__always)
  subscript(index: Int) -> Part { parts[index] }

  /// Cuts parts from an offset on until the window is full or the text ends.
  mutating func cut(_ text: Span<UInt8>, from start: inout Int, _ joins: JoinTable) {
    // Ends are from the start of the window.
    let rest = text.extracting(start..<text.count)
    var end = 0
    var found = 0
    var places = ends.mutableSpan
    joins.cut(rest, from: &end, into: &places, count: &found, limit: Self.limit, reach: Self.reach)
    count = 0
    let first = start
    for index in 0..<found { add(text, from: &start, to: first + Int(ends[index])) }
    // A part beyond the reach stands alone.
    if found == 0 { add(text, from: &start, to: first + joins.partEnd(in: rest, from: 0)) }
  }

  /// Takes a whole text as one part.
  mutating func take(_ text: Span<UInt8>) {
    count = 0
    var start = 0
    add(text, from: &start, to: text.count)
  }

  @inline(__always)
  private mutating func add(_ text: Span<UInt8>, from start: inout Int, to end: Int) {
    parts[count].start = start
    parts[count].length = end &- start
    if end &- start <= PretokenKey.longest {
      let key = PretokenKey(text, at: start, length: end &- start)
      parts[count].key = key
      parts[count].hash = key.hash
    }
    count &+= 1
    start = end
  }

  /// Reads the places of all parts in a cache: a loop of its own, so that many reads are under way.
  @inline(__always)
  mutating func touch(_ cache: PretokenCache) {
    var sum = touched
    for index in 0..<count { sum &+= cache.touch(parts[index].hash) }
    touched = sum
  }
}
