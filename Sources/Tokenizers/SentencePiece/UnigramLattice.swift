/// The search for the path of the greatest sum through the pieces of a word (Viterbi's algorithm).
struct UnigramLattice {
  private struct Node: BitwiseCopyable {
    var sum: Double
    /// The greatest sum that did not win, or as many as there are.
    var second: Double
    var start: Int32
    var id: UInt32

    static let none = Node(sum: 0, second: -.infinity, start: -1, id: 0)
  }

  private let model: UnigramModel
  /// Where pieces end, from `origin` on.
  private var nodes: [Node] = []
  private var isAlive: [Bool] = []
  private var window = usualWindow
  /// The place in the text of the first node, and the first node whose pieces were not looked at.
  private var (origin, start) = (0, 0)
  /// The ids of the path found last; characters that are unknown are there as themselves.
  private(set) var path: [UInt32] = []

  init(_ model: UnigramModel) { self.model = model }

  /// Finds the best path of a word, the sum before which becomes that behind it.
  ///
  /// - Returns: The greatest error of one addition with which the path still wins; 0 or less where
  ///   that is not known.
  mutating func findPath(_ text: Span<UInt8>, _ sum: inout Float) -> Float {
    let size = text.count
    begin(sum)
    for _ in 0..<size { nodes.append(.none) }
    let characters = extend(text, to: size)
    let margin = trace(from: size)
    let tolerance = tolerance(margin, sum, characters, size)
    sum = Float(nodes[size].sum)
    return tolerance
  }

  // Long texts ---------------------------------------------------------------------------------

  /// The bytes that a window covers unless it has to be larger.
  static let usualWindow = 1 << 13

  /// Begins the search through a text that `next` goes on with.
  mutating func begin(_ sum: Float, window: Int = usualWindow) {
    // Pieces that begin in a window and end behind it begin in its end, as long as the longest.
    self.window = max(window, 4 * model.longest)
    (origin, start) = (0, 0)
    nodes.removeAll(keepingCapacity: true)
    nodes.append(.none)
    nodes[0].sum = Double(sum)
    nodes[0].start = 0
  }

  /// Finds the next stretch of the best path of a text, which becomes `path`.
  ///
  /// All paths that may still win have come out of one place some way back: up to there the path
  /// is decided. So a text of any length needs no more than a window.
  ///
  /// - Returns: Whether the path goes on. At the end the sum is that behind the text.
  mutating func next(_ text: Span<UInt8>, _ sum: inout Float) -> Bool {
    while true {
      let size = min(window, text.count - origin)
      while nodes.count <= size { nodes.append(.none) }
      let isLast = origin + size == text.count
      _ = extend(
        text.extracting(origin..<origin + size), to: isLast ? size : size - model.longest)
      if isLast {
        _ = trace(from: size)
        sum = Float(nodes[size].sum)
        return false
      }
      let meeting = meetingPlace()
      if meeting > 0 {
        _ = trace(from: meeting)
        nodes.removeSubrange(0..<meeting)
        for index in nodes.indices where nodes[index].start >= 0 {
          nodes[index].start -= Int32(truncatingIfNeeded: meeting)
        }
        nodes[0].start = 0
        origin += meeting
        start -= meeting
        return true
      }
      window *= 2
    }
  }

  /// The last place that all paths go through which may still win.
  private mutating func meetingPlace() -> Int {
    isAlive.removeAll(keepingCapacity: true)
    for index in nodes.indices { isAlive.append(index >= start && nodes[index].start >= 0) }
    var alive = isAlive.count { $0 }
    for index in stride(from: nodes.count - 1, to: 0, by: -1) where isAlive[index] {
      if alive == 1 { return index }
      let before = Int(nodes[index].start)
      if isAlive[before] { alive -= 1 }
      isAlive[before] = true
    }
    return 0
  }

  /// Takes the characters that begin before an offset into account, and gives their number.
  private mutating func extend(_ text: Span<UInt8>, to stop: Int) -> Int {
    let size = text.count
    var characters = 0
    while start < stop {
      if abs(nodes[start].sum) > Double(UnigramModel.greatestSum), model.arithmetic == .single {
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
    return characters
  }

  /// Makes `path` that to a place, and gives the least margin by which it won.
  private mutating func trace(from place: Int) -> Double {
    path.removeAll(keepingCapacity: true)
    var margin = Double.infinity
    var end = place
    while end > 0 {
      let node = nodes[end]
      margin = min(margin, node.sum - node.second)
      path.append(node.id)
      end = Int(node.start)
    }
    path.reverse()
    return margin
  }

  /// The error of one addition that a margin stands.
  ///
  /// Each of two paths has at most as many additions as the word has characters, and each of them is
  /// off by half a unit in the last place at most. The sums that gave the margin were off in the same
  /// way.
  private func tolerance(
    _ margin: Double, _ sum: Float, _ characters: Int, _ size: Int
  ) -> Float {
    if model.arithmetic == .double { return .infinity }
    let exact = margin / Double(characters) - Double(model.roundingError(sum, size))
    let rounded = Float(exact)
    return Double(rounded) > exact ? rounded.nextDown : rounded
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
}
