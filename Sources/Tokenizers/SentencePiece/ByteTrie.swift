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
    isEmpty = entries.isEmpty
    let sorted = entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    grow(to: 512)
    nodes[0].parent = 0
    // A list of nodes to be filled: recursion could be as deep as the longest string.
    var pending: [(node: Int, range: Range<Int>, depth: Int)] = []
    if !sorted.isEmpty { pending.append((Self.root, 0..<sorted.count, 0)) }
    while let (node, range, depth) = pending.popLast() {
      var groups: [(byte: UInt8, range: Range<Int>)] = []
      for index in range {
        let key = sorted[index].key
        if key.count == depth {
          nodes[node].value = sorted[index].value
        } else if let last = groups.last, last.byte == key[depth] {
          groups[groups.count - 1].range = last.range.lowerBound..<index + 1
        } else {
          groups.append((key[depth], index..<index + 1))
        }
      }
      if groups.isEmpty { continue }
      let base = place(groups.map(\.byte))
      nodes[node].base = Int32(base)
      for group in groups {
        let child = base ^ Int(group.byte)
        nodes[child].parent = Int32(node)
        pending.append((child, group.range, depth + 1))
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
  private mutating func place(_ bytes: [UInt8]) -> Int {
    while firstFree < nodes.count && nodes[firstFree].parent >= 0 { firstFree += 1 }
    var candidate = firstFree
    while true {
      if candidate + 512 > nodes.count { grow(to: candidate + 1024) }
      if nodes[candidate].parent < 0 {
        let base = candidate ^ Int(bytes[0])
        if bytes.allSatisfy({ nodes[base ^ Int($0)].parent < 0 && base ^ Int($0) != 0 }) {
          return base
        }
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
