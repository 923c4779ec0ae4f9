import CByteKernels

/// The pieces that are cut ahead, and their keys for the cache.
@safe struct PieceWindow: ~Copyable {
  /// The numbers beyond what is needed that the kernel may write.
  static let slack = 16

  // Invariant: each has `capacity` elements, and `count` never passes `capacity`.
  private let endPlaces: UnsafeMutablePointer<UInt32>
  private let keys: UnsafeMutablePointer<cuvee_key>
  private let capacity: Int
  private var tokens: [UInt32]

  /// The pieces in it.
  var count = 0

  /// A window with room for some pieces.
  init(capacity: Int) {
    self.capacity = capacity
    unsafe endPlaces = .allocate(capacity: capacity)
    unsafe endPlaces.initialize(repeating: 0, count: capacity)
    unsafe keys = .allocate(capacity: capacity)
    unsafe keys.initialize(repeating: cuvee_key(), count: capacity)
    tokens = Array(repeating: 0, count: capacity)
  }

  deinit {
    unsafe endPlaces.deallocate()
    unsafe keys.deallocate()
  }

  /// Cuts pieces of a text until the window holds `limit` of them or the text ends.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - start: Where to begin; set to the end of the last piece.
  ///   - scanner: What cuts.
  ///   - limit: The pieces that fill the window; `PieceScanner.slack` less than its capacity.
  ///   - reach: Where it stops before a piece that ends beyond.
  mutating func cut(
    _ text: Span<UInt8>, from start: inout Int, by scanner: PieceScanner, limit: Int, reach: Int
  ) {
    var ends = unsafe MutableSpan(_unsafeStart: endPlaces, count: capacity)
    scanner.cut(text, from: &start, into: &ends, count: &count, limit: limit, reach: reach)
  }

  /// Cuts parts of a text until the window holds `limit` of them or the text ends.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - start: Where to begin; set to the end of the last part.
  ///   - joins: Where text is not cut.
  ///   - limit: The parts that fill the window; `JoinTable.slack` less than its capacity.
  ///   - reach: Where it stops before a part that ends beyond.
  mutating func cut(
    _ text: Span<UInt8>, from start: inout Int, by joins: JoinTable, limit: Int, reach: Int
  ) {
    var ends = unsafe MutableSpan(_unsafeStart: endPlaces, count: capacity)
    joins.cut(text, from: &start, into: &ends, count: &count, limit: limit, reach: reach)
  }

  /// Adds a piece.
  mutating func add(endingAt end: UInt32) {
    precondition(count < capacity)
    unsafe endPlaces[count] = end
    count += 1
  }

  /// Adds what is one token already.
  mutating func add(token: UInt32, endingAt end: UInt32) {
    tokens[count] = token
    add(endingAt: end | CUVEE_MARK)
  }

  /// Where a piece starts.
  func start(of index: Int) -> Int { index == 0 ? 0 : end(of: index - 1) }

  /// Where a piece ends.
  func end(of index: Int) -> Int {
    precondition(index < count)
    return unsafe Int(endPlaces[index] & ~CUVEE_MARK)
  }

  /// The token that a piece is, where it is one already.
  func token(at index: Int) -> UInt32? {
    precondition(index < count)
    return unsafe endPlaces[index] & CUVEE_MARK != 0 ? tokens[index] : nil
  }

  /// Makes the keys of all pieces, which are the start of a text.
  func makeKeys(of text: Span<UInt8>, cache: inout PieceCache) {
    unsafe text.withUnsafeBufferPointer { bytes in
      unsafe cache.withKernel { cache in
        unsafe cuvee_make_keys(cache, bytes.baseAddress, bytes.count, 0, endPlaces, count, keys)
      }
    }
  }

  /// Remembers the ids of a short piece: those of a list from an offset to its end. The cache must have
  /// room, or nothing comes of it.
  func remember(_ index: Int, _ ids: [UInt32], from start: Int, in cache: inout PieceCache) {
    precondition(index < count)
    let ids = ids.span.extracting(start..<ids.count)
    unsafe ids.withUnsafeBufferPointer { ids in
      unsafe cache.withKernel { cache in
        unsafe cuvee_insert(cache, keys + index, ids.baseAddress, ids.count)
      }
    }
  }

  /// The first short piece from an index on that the cache does not know; the number of pieces where it
  /// knows them all.
  func nextUnknown(from index: Int, in cache: inout PieceCache) -> Int {
    unsafe cache.withKernel { cache in
      unsafe cuvee_next_unknown(cache, keys, min(index, count), count)
    }
  }

  /// Appends the ids of pieces.
  ///
  /// - Parameters:
  ///   - index: The first; set to the first that the kernel leaves, or the number of pieces.
  ///   - bytes: The bytes of the pieces from there on.
  ///   - checked: Pieces from here on that the cache does not know are left.
  ///   - cache: The cache with which the keys were made.
  ///   - merges: The merges.
  ///   - ids: Where the ids go; it should have room for `bytes + slack`.
  func encode(
    from index: inout Int, bytes: Int, checked: Int, _ cache: inout PieceCache,
    _ merges: MergeTables,
    into ids: inout [UInt32]
  ) {
    let first = index
    ids.append(addingCapacity: bytes + Self.slack) { output in
      unsafe output.withUnsafeMutableBufferPointer { place, written in
        guard let start = place.baseAddress else { return }
        var next: UnsafeMutablePointer<UInt32>? = unsafe start
        index = unsafe cache.withKernel { cache in
          unsafe merges.withKernel { merges in
            unsafe cuvee_encode_pieces(cache, merges, keys, first, count, checked, &next)
          }
        }
        written = unsafe next.map { unsafe $0 - start } ?? 0
      }
    }
  }
}
