/// Byte strings with numbers, found by walking down byte by byte: a double array.
struct ByteTrie: Sendable {
  /// Not a value.
  static let none = UInt32.max
  /// The node where every walk begins.
  static let root = 0

  private struct Node: BitwiseCopyable {
    /// Where its children lie: the child of byte b at `base ^ b`.
    var base: Int32
    /// Its parent, or -1 where it is free.
    var parent: Int32
    var value: UInt32

    static let free = Node(base: 0, parent: -1, value: ByteTrie.none)
  }

  private var nodes: [Node] = []
  private var firstFree = 1

  /// Whether there is no string.
  let isEmpty: Bool

  /// Creates the trie of some strings, none empty and none twice.
  init(_ entries: [(key: [UInt8], value: UInt32)]) {
    var tokens = TokenBytes(capacity: entries.count)
    for entry in entries { tokens.add(entry.key.span, id: entry.value) }
    self.init(tokens)
  }

  /// Creates the trie of all tokens that `find` gives; their values are their ids.
  init(_ tokens: TokenBytes) {
    let sorted = tokens.sortedIDs()
    isEmpty = sorted.isEmpty
    grow(to: 512)
    nodes[0].parent = 0
    // A list of nodes to be filled: recursion could be as deep as the longest string.
    var pending: [(node: Int, range: Range<Int>, depth: Int)] = []
    var groups: [(byte: UInt8, start: Int)] = []
    if !sorted.isEmpty { pending.append((Self.root, 0..<sorted.count, 0)) }
    while let (node, range, depth) = pending.popLast() {
      groups.removeAll(keepingCapacity: true)
      for index in range {
        let key = tokens.bytes(sorted[index])
        if key.count == depth {
          nodes[node].value = sorted[index]
        } else if groups.isEmpty || groups[groups.count - 1].byte != key[depth] {
          groups.append((key[depth], index))
        }
      }
      if groups.isEmpty { continue }
      let base = place(groups)
      nodes[node].base = Int32(base)
      for (index, group) in groups.enumerated() {
        let child = base ^ Int(group.byte)
        let end = index + 1 < groups.count ? groups[index + 1].start : range.upperBound
        nodes[child].parent = Int32(node)
        pending.append((child, group.start..<end, depth + 1))
      }
    }
  }

  /// The child of a node, or nil.
  @inline(__always)
  func child(of node: Int, _ byte: UInt8) -> Int? {
    let next = Int(nodes[node].base) ^ Int(byte)
    return nodes[next].parent == Int32(truncatingIfNeeded: node) && next != 0 ? next : nil
  }

  /// The value of a node, or `none`.
  @inline(__always)
  func value(of node: Int) -> UInt32 { nodes[node].value }

  /// The longest string that begins at an offset.
  func longest(_ text: Span<UInt8>, at start: Int) -> (length: Int, value: UInt32)? {
    var node = Self.root
    var index = start
    var found: (length: Int, value: UInt32)?
    while index < text.count, let next = child(of: node, text[index]) {
      node = next
      index += 1
      if nodes[node].value != Self.none { found = (index - start, nodes[node].value) }
    }
    return found
  }

  /// Finds a base whose places for some bytes are free, and makes room.
  private mutating func place(_ groups: [(byte: UInt8, start: Int)]) -> Int {
    while firstFree < nodes.count && nodes[firstFree].parent >= 0 { firstFree += 1 }
    var candidate = firstFree
    while true {
      if candidate + 512 > nodes.count { grow(to: candidate + 1024) }
      if nodes[candidate].parent < 0 {
        let base = candidate ^ Int(groups[0].byte)
        var isFree = true
        for group in groups where isFree {
          let place = base ^ Int(group.byte)
          isFree = nodes[place].parent < 0 && place != 0
        }
        if isFree { return base }
      }
      candidate += 1
      // Crowded places are left behind for good, which costs some space and saves much time.
      if candidate - firstFree > 2048 { firstFree = candidate }
    }
  }

  private mutating func grow(to count: Int) {
    // A block of 256 for every base, as `base ^ byte` stays within it.
    let rounded = (count + 511) / 256 * 256
    guard rounded > nodes.count else { return }
    nodes += Array(repeating: .free, count: rounded - nodes.count)
  }
}
