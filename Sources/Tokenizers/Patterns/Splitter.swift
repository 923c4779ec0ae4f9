import Bytes
import CByteKernels

/// A pattern with its rule as the C kernel takes them.
// Invariant, for `@unchecked Sendable` and every use: all tables are filled before `init` returns, only
// read from then on, and freed once in deinit. Their sizes are those that the kernel indexes: a row of
// `1 << shift` steps for each state, 256 bytes where a symbol is the index, rows of `mark_width` inputs for
// each state of the marks.
@safe final class Splitter: @unchecked Sendable {
  /// The symbols that an alphabet may have: there is one for the end, and one for the inside of characters.
  static let mostSymbols = 254

  private let steps: UnsafeMutablePointer<UInt16>
  private let starts: UnsafeMutablePointer<UInt16>
  private let skipped: UnsafeMutablePointer<UInt8>
  private let behindOf: UnsafeMutablePointer<UInt8>
  private let markSteps: UnsafeMutablePointer<UInt16>?
  private let marks: UnsafeMutablePointer<UInt8>?
  private let kernel: cuvee_splitter

  /// Whether it needs room for marks.
  var writesMarks: Bool { unsafe markSteps != nil }

  /// The splitter of a pattern over an alphabet that holds its sets; nil where no automaton can do what it
  /// says, or only a very large one.
  ///
  /// - Parameters:
  ///   - node: The pattern.
  ///   - rule: What becomes of its matches.
  ///   - alphabet: The alphabet.
  ///   - searchesPairs: Whether two symbols are looked at to find where a match may start, where the
  ///     alphabet is small enough for it. Where matches are never depends on it.
  init?(
    _ node: RegexNode, _ rule: SplitRule, _ alphabet: SymbolAlphabet,
    searchesPairs: Bool = cuvee_can_search_pairs() != 0
  ) {
    guard alphabet.count <= Self.mostSymbols, let program = RegexProgram(node, alphabet) else {
      return nil
    }
    let behind = BehindClasses(program)
    var symbols = (0..<alphabet.count).map {
      AutomatonBuilder.Symbol(base: UInt8($0), lookaheads: [])
    }
    symbols.append(.init(base: nil, lookaheads: []))
    var written: LookaheadMarks?
    if !program.lookaheads.isEmpty {
      guard let marks = LookaheadMarks(program, behind, mostSymbols: Self.mostSymbols) else {
        return nil
      }
      written = marks
      symbols = marks.symbols
    }
    var builder = AutomatonBuilder(program, symbols: symbols, behind: behind)
    guard let (rows, startOf) = builder.build() else { return nil }

    let inside = symbols.count
    let shift = max(1, Int.bitWidth - inside.leadingZeroBitCount)
    unsafe steps = .allocate(capacity: rows.count << shift)
    unsafe steps.initialize(repeating: 0, count: rows.count << shift)
    for (state, row) in rows.enumerated() {
      for (symbol, step) in row.enumerated() { unsafe steps[state << shift | symbol] = step }
      unsafe steps[state << shift | inside] = UInt16(state)
    }
    unsafe starts = .allocate(capacity: 256)
    unsafe starts.initialize(repeating: startOf[behind.start], count: 256)
    unsafe skipped = .allocate(capacity: 256)
    unsafe skipped.initialize(repeating: 0, count: 256)
    // No match starts inside a character.
    unsafe skipped[inside] = 1
    unsafe behindOf = .allocate(capacity: 256)
    unsafe behindOf.initialize(repeating: UInt8(behind.start), count: 256)
    var wanted: [UInt8] = []
    for (index, symbol) in symbols.enumerated() {
      if let base = symbol.base { unsafe starts[index] = startOf[behind.of(base)] }
      let leadsNowhere = startOf.allSatisfy { rows[Int($0)][index] == 0 }
      unsafe skipped[index] = leadsNowhere ? 1 : 0
      if !leadsNowhere { wanted.append(UInt8(index)) }
    }
    for base in 0..<alphabet.count { unsafe behindOf[base] = UInt8(behind.of(UInt8(base))) }
    let width = (alphabet.count + 1) * behind.count
    if let written {
      let markSteps = UnsafeMutablePointer<UInt16>.allocate(capacity: written.steps.count * width)
      let marks = UnsafeMutablePointer<UInt8>.allocate(capacity: written.steps.count * width)
      for (index, step) in written.steps.joined().enumerated() { unsafe markSteps[index] = step }
      for (index, mark) in written.written.joined().enumerated() { unsafe marks[index] = mark }
      unsafe (self.markSteps, self.marks) = (markSteps, marks)
    } else {
      unsafe (markSteps, marks) = (nil, nil)
    }
    // None left to compare with is compared with the first again.
    let compared = (0..<Int(CUVEE_WANTED)).map {
      $0 < wanted.count ? wanted[$0] : wanted.first ?? 0
    }
    let isFew = (1...Int(CUVEE_WANTED)).contains(wanted.count)
    var kernel = unsafe cuvee_splitter()
    unsafe (kernel.next, kernel.starts, kernel.skipped) = unsafe (
      UnsafePointer(steps), UnsafePointer(starts), UnsafePointer(skipped)
    )
    unsafe kernel.wanted = (
      compared[0], compared[1], compared[2], compared[3], compared[4], compared[5]
    )
    unsafe kernel.wanted_count = isFew ? UInt8(wanted.count) : 0
    unsafe kernel.start = startOf[behind.start]
    unsafe kernel.shift = UInt8(shift)
    unsafe (kernel.end, kernel.inside) = (UInt8(inside - 1), UInt8(inside))
    unsafe kernel.looks_back = behind.count > 1 ? 1 : 0
    unsafe kernel.keeps_trail = Self.mayOverrun(rows) ? 1 : 0
    unsafe kernel.cuts_before = rule.cutsBeforeMatch ? 1 : 0
    unsafe kernel.cuts_behind = rule.cutsBehindMatch ? 1 : 0
    unsafe kernel.cuts_between = rule.cutsBetweenMatches ? 1 : 0
    unsafe kernel.removes_matches = rule.removesMatches ? 1 : 0
    unsafe kernel.removes_gaps = rule.removesGaps ? 1 : 0
    unsafe kernel.mark_next = markSteps.map { unsafe UnsafePointer($0) }
    unsafe kernel.mark_symbols = marks.map { unsafe UnsafePointer($0) }
    unsafe kernel.behind = UnsafePointer(behindOf)
    unsafe kernel.mark_width = UInt32(width)
    unsafe kernel.behind_count = UInt8(behind.count)
    unsafe kernel.base_end = UInt8(alphabet.count)
    unsafe kernel.base_inside = UInt8(alphabet.count + 1)
    if searchesPairs, written == nil, inside < Int(CUVEE_PAIRED) {
      let pairs = StartPairs(
        rows: rows, start: Int(startOf[behind.start]), looksBack: behind.count > 1, wanted: wanted)
      unsafe kernel.has_pairs = 1
      unsafe withUnsafeMutableBytes(of: &kernel.first) { unsafe $0.copyBytes(from: pairs.first) }
      unsafe withUnsafeMutableBytes(of: &kernel.second) { unsafe $0.copyBytes(from: pairs.second) }
      unsafe withUnsafeMutableBytes(of: &kernel.last) { unsafe $0.copyBytes(from: pairs.last) }
    }
    unsafe self.kernel = kernel
  }

  deinit {
    unsafe steps.deallocate()
    unsafe starts.deallocate()
    unsafe skipped.deallocate()
    unsafe behindOf.deallocate()
    unsafe markSteps?.deallocate()
    unsafe marks?.deallocate()
  }

  /// Calls a function with the tables as the kernel takes them.
  func withKernel<Result>(_ body: (UnsafePointer<cuvee_splitter>) -> Result) -> Result {
    unsafe withUnsafePointer(to: kernel) { unsafe body($0) }
  }

  /// Whether some way without matches goes round, so that an attempt may read far beyond its match.
  private static func mayOverrun(_ rows: [[UInt16]]) -> Bool {
    // Depth first: 1 is being looked at, 2 is done. An edge to what is being looked at closes a loop.
    var marks = [UInt8](repeating: 0, count: rows.count)
    func targets(_ state: Int) -> [Int] {
      Set(rows[state].filter { $0 & AutomatonBuilder.matched == 0 && $0 != 0 }).map { Int($0) }
    }
    for first in rows.indices where marks[first] == 0 {
      var path = [(state: first, rest: targets(first))]
      marks[first] = 1
      while let top = path.last {
        guard let next = top.rest.last else {
          marks[top.state] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].rest.removeLast()
        if marks[next] == 1 { return true }
        if marks[next] == 0 {
          marks[next] = 1
          path.append((next, targets(next)))
        }
      }
    }
    return false
  }
}
