/// A binary heap with its least element first, in memory reserved once.
///
/// Elements are small values that carry their whole key, so that an order's hot loop neither
/// allocates nor follows references.
struct MinimumHeap<Element: Comparable & BitwiseCopyable & Sendable>: Sendable {
  private var elements: [Element] = []

  /// Creates an empty heap with room for a number of elements.
  init(capacity: Int) { elements.reserveCapacity(capacity) }

  /// The least element.
  var first: Element? { elements.first }

  /// Adds an element.
  mutating func insert(_ element: Element) {
    var hole = elements.count
    elements.append(element)
    var heap = elements.mutableSpan
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard element < heap[parent] else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = element
  }

  /// Takes the least element out.
  ///
  /// - Precondition: The heap is not empty.
  mutating func removeFirst() {
    let last = elements.removeLast()
    if !elements.isEmpty { replaceFirst(with: last) }
  }

  /// Puts an element in the place of the least one.
  ///
  /// - Precondition: The heap is not empty.
  mutating func replaceFirst(with element: Element) {
    // One span, so that the loop does not ask at every store whether the array is shared.
    var heap = elements.mutableSpan
    let count = heap.count
    var hole = 0
    while true {
      var child = 2 * hole + 1
      guard child < count else { break }
      if child + 1 < count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < element else { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = element
  }
}
