import Bytes

/// Says at each character which look-aheads of a pattern hold, by an automaton that reads a text from its
/// end. A state is what can still be matched from each instruction of their bodies.
struct LookaheadMarks {
  /// The symbols that are written: those read, with what holds before them.
  private(set) var symbols: [AutomatonBuilder.Symbol] = []
  /// By state and input: the state that follows, and the symbol that is written. The input is the symbol
  /// times the number of classes of what stands before, plus that class; the end comes after all symbols.
  private(set) var steps: [[UInt16]] = []
  private(set) var written: [[UInt8]] = []

  private let program: RegexProgram
  private let behind: BehindClasses
  /// The instructions behind characters, whose answers make a state.
  private let targets: [Int]
  private var states: [[Bool]] = []
  private var numbers: [[Bool]: Int] = [:]

  /// The marks of a program; nil where there are too many states or symbols.
  init?(_ program: RegexProgram, _ behind: BehindClasses, mostSymbols: Int) {
    self.program = program
    self.behind = behind
    targets = Self.targets(of: program)
    var known: [AutomatonBuilder.Symbol: UInt8] = [:]
    var next = number(targets.map { _ in false })
    while next < states.count {
      var row: [UInt16] = []
      var marks: [UInt8] = []
      for base in 0...program.alphabet.count {
        let isEnd = base == program.alphabet.count
        for `class` in 0..<behind.count {
          var place = Place(
            symbol: isEnd ? nil : UInt8(base), behind: `class`, after: states[next],
            answers: Array(repeating: nil, count: program.instructions.count))
          let holds = program.lookaheads.map { answer($0, &place) }
          let symbol = AutomatonBuilder.Symbol(base: place.symbol, lookaheads: holds)
          if known[symbol] == nil {
            guard symbols.count < mostSymbols else { return nil }
            known[symbol] = UInt8(symbols.count)
            symbols.append(symbol)
          }
          marks.append(known[symbol] ?? 0)
          row.append(UInt16(number(targets.map { answer($0, &place) })))
        }
      }
      steps.append(row)
      written.append(marks)
      next += 1
      guard states.count <= AutomatonBuilder.mostStates,
        states.count * row.count <= AutomatonBuilder.mostSteps
      else { return nil }
    }
  }

  /// The instructions behind the characters of look-aheads.
  private static func targets(of program: RegexProgram) -> [Int] {
    var open = program.lookaheads
    var seen = Set(open)
    var found: Set<Int> = []
    while let index = open.popLast() {
      var next: [Int] = []
      switch program.instructions[index] {
      case .match: break
      case .branch(let targets): next = targets
      case .require(_, let target): next = [target]
      case .symbols(_, let target):
        next = [target]
        found.insert(target)
      }
      open += next.filter { seen.insert($0).inserted }
    }
    return found.sorted()
  }

  private struct Place {
    var symbol: UInt8?
    var behind: Int
    var after: [Bool]
    var answers: [Bool?]
  }

  private mutating func number(_ state: [Bool]) -> Int {
    if let known = numbers[state] { return known }
    states.append(state)
    numbers[state] = states.count - 1
    return states.count - 1
  }

  /// Whether a match can be reached from an instruction at a place. No loop is over nothing, so this ends.
  private func answer(_ index: Int, _ place: inout Place) -> Bool {
    if let known = place.answers[index] { return known }
    let result =
      switch program.instructions[index] {
      case .match: true
      case .branch(let targets): targets.contains { answer($0, &place) }
      case .require(let condition, let next): holds(condition, &place) && answer(next, &place)
      case .symbols(let set, let next):
        place.symbol.map { set.contains($0) } ?? false && after(next, place)
      }
    place.answers[index] = result
    return result
  }

  private func after(_ index: Int, _ place: Place) -> Bool {
    targets.firstIndex(of: index).map { place.after[$0] } ?? false
  }

  private func holds(_ condition: RegexProgram.Condition, _ place: inout Place) -> Bool {
    switch condition {
    case .next(let set, let orEnd): place.symbol.map { set.contains($0) } ?? orEnd
    case .previous(let set, let orStart): behind.holds(set, orStart: orStart, in: place.behind)
    case .ahead(let index, let isNegative): answer(program.lookaheads[index], &place) != isNegative
    }
  }
}
