import Bytes
import CByteKernels

/// Cuts one text after another by a plan, on one thread.
///
/// Each splitter cuts some pieces of the one before it at a time, so what is in between stays in the
/// processor's cache and takes no room to speak of.
@safe final class SplitChain {
  /// The end of a piece, and whether it is left out of what follows.
  struct End: BitwiseCopyable {
    fileprivate let value: UInt64

    /// The end of a piece.
    init(_ offset: Int, isRemoved: Bool = false) {
      value = UInt64(offset) | (isRemoved ? CUVEE_REMOVED : 0)
    }

    fileprivate init(value: UInt64) { self.value = value }

    /// Where the piece ends.
    var offset: Int { Int(truncatingIfNeeded: value & ~CUVEE_REMOVED) }
    /// Whether the piece is left out.
    var isRemoved: Bool { value & CUVEE_REMOVED != 0 }
  }

  /// The ends of some pieces in a row.
  struct Ends: ~Escapable {
    fileprivate let values: Span<UInt64>

    @_lifetime(copy values)
    fileprivate init(_ values: Span<UInt64>) { self.values = values }

    var count: Int { values.count }
    subscript(index: Int) -> End { End(value: values[index]) }
  }

  /// Calls a function with ends that are known already.
  static func withEnds(_ ends: [End], _ body: (Ends) -> Void) {
    let values = ends.map(\.value)
    body(Ends(values.span))
  }

  private let plan: SplitPlan
  private let levels: [Level]
  private var symbols: [UInt8] = []
  private var input: [UInt64] = []

  /// A chain of its own for a worker.
  init(_ plan: SplitPlan) {
    self.plan = plan
    levels = plan.splitters.map { Level($0) }
  }

  /// Cuts the pieces of a text. They follow one another without gaps. Calls a function with the ends
  /// of the new pieces, some at a time.
  func cut(_ text: Span<UInt8>, pieces: [End], _ body: (Ends) -> Void) {
    writeSymbols(of: text)
    input = pieces.map(\.value)
    for level in levels { level.begin(count: text.count) }
    guard let last = levels.last else { return }
    while fill(levels.count - 1) { last.withEnds { body(Ends($0)) } }
  }

  /// Lets a splitter cut some more pieces; false where none is left.
  private func fill(_ index: Int) -> Bool {
    let level = levels[index]
    while true {
      if index > 0 {
        let before = levels[index - 1]
        if level.isDone(before.count) {
          guard fill(index - 1) else { return false }
          level.takeNext()
        }
        before.withEnds { level.cut($0, symbols: symbols) }
      } else {
        if level.isDone(input.count) { return false }
        level.cut(input.span, symbols: symbols)
      }
      if level.count > 0 { return true }
    }
  }

  private func writeSymbols(of text: Span<UInt8>) {
    let needed = text.count + Int(CUVEE_SYMBOL_SLACK)
    if symbols.count < needed {
      symbols = Array(repeating: 0, count: max(needed, symbols.count * 2))
    }
    switch plan.writing {
    case .characters(let alphabet):
      unsafe symbols.withUnsafeMutableBufferPointer { symbols in
        unsafe text.withUnsafeBufferPointer { text in
          unsafe alphabet.table.withPages { pages, values in
            // A symbol for each byte, for which there is room, and no more.
            var kernel = unsafe cuvee_symbols(
              pages: pages.baseAddress, values: values.baseAddress,
              inside: UInt8(alphabet.count + 1))
            unsafe cuvee_write_symbols(&kernel, text.baseAddress, text.count, symbols.baseAddress)
          }
        }
      }
    case .bytes(let symbolOf):
      unsafe symbols.withUnsafeMutableBufferPointer { symbols in
        unsafe text.withUnsafeBufferPointer { text in
          unsafe symbolOf.withUnsafeBufferPointer { symbolOf in
            // 256 symbols, and room for one of each byte of text.
            unsafe cuvee_write_byte_symbols(
              symbolOf.baseAddress, text.baseAddress, text.count, symbols.baseAddress)
          }
        }
      }
    }
  }
}

/// A splitter and the pieces that it has cut last.
// Invariant: `ends` has `capacity` elements, the first `count` of them set; `marked` has `room` bytes or is
// nil; `place` is one element. All are freed once, in deinit.
@safe private final class Level {
  private static let capacity = 256

  private let splitter: Splitter
  private let ends: UnsafeMutablePointer<UInt64>
  private var marked: UnsafeMutablePointer<UInt8>?
  private var room = 0
  private let place: UnsafeMutablePointer<cuvee_split_place>
  private(set) var count = 0

  init(_ splitter: Splitter) {
    self.splitter = splitter
    unsafe ends = .allocate(capacity: Self.capacity)
    unsafe ends.initialize(repeating: 0, count: Self.capacity)
    unsafe marked = nil
    unsafe place = .allocate(capacity: 1)
    unsafe place.initialize(to: cuvee_split_place())
  }

  deinit {
    unsafe place.deallocate()
    unsafe ends.deallocate()
    unsafe marked?.deallocate()
  }

  /// Begins a text.
  func begin(count: Int) {
    unsafe place.pointee = cuvee_split_place()
    self.count = 0
    guard splitter.writesMarks, room <= count else { return }
    unsafe marked?.deallocate()
    room = max(count + 1, room * 2)
    unsafe marked = .allocate(capacity: room)
    unsafe marked?.initialize(repeating: 0, count: room)
  }

  /// Whether all of some pieces are cut.
  func isDone(_ count: Int) -> Bool { unsafe place.pointee.index == count }

  /// Goes on with other pieces, which follow those before.
  func takeNext() { unsafe place.pointee.index = 0 }

  /// Cuts as many pieces as there is room for.
  func cut(_ pieces: Span<UInt64>, symbols: [UInt8]) {
    // Every piece ends inside the text, which has as many symbols and CUVEE_SYMBOL_SLACK bytes more, and one
    // byte less than `marked`.
    count = unsafe symbols.withUnsafeBufferPointer { symbols in
      unsafe pieces.withUnsafeBufferPointer { pieces in
        unsafe splitter.withKernel { splitter in
          unsafe cuvee_split(
            splitter, place, symbols.baseAddress, marked, pieces.baseAddress, pieces.count, ends,
            Self.capacity)
        }
      }
    }
  }

  /// Calls a function with the ends of the pieces.
  func withEnds(_ body: (Span<UInt64>) -> Void) {
    unsafe body(Span(_unsafeStart: ends, count: count))
  }
}
