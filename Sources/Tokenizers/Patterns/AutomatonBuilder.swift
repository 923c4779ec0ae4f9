import Bytes

/// Makes the automaton of a program: a state is the list of the ways that a match may go on, the
/// preferred first, together with what is to be known of the symbol before.
///
/// Conditions on the next character are decided when it is read, so a match is found one symbol late:
/// a step says whether one ends before its symbol.
struct AutomatonBuilder {
  /// Larger automata are left to PCRE2.
  static let mostStates = 4096
  static let mostSteps = 1 << 20
  /// The mark of a step before whose symbol a match ends.
  static let matched: UInt16 = 0x8000

  /// A symbol as the automaton reads it: one of the alphabet, or nil for the end of the text, and which
  /// look-aheads hold before it.
  struct Symbol: Hashable {
    var base: UInt8?
    var lookaheads: [Bool]
  }

  private struct State: Hashable {
    var ways: [Int]
    var behind: Int
  }

  let program: RegexProgram
  let symbols: [Symbol]
  let behind: BehindClasses
  private var states: [State] = [State(ways: [], behind: 0)]
  private var numbers: [State: Int] = [:]
  private var steps: [[UInt16]] = []
  private var seen: [Int]
  private var listed: [Int]
  private var round = 0

  init(_ program: RegexProgram, symbols: [Symbol], behind: BehindClasses) {
    self.program = program
    self.symbols = symbols
    self.behind = behind
    seen = Array(repeating: 0, count: program.instructions.count)
    listed = seen
  }

  /// The steps of every state by symbol, and where to start by the class of the symbol before; nil
  /// where there are too many.
  mutating func build() -> (steps: [[UInt16]], starts: [UInt16])? {
    let width = symbols.count
    steps = [Array(repeating: 0, count: width)]
    let starts = (0..<behind.count).map { number(State(ways: [program.start], behind: $0)) }
    var next = 1
    while next < states.count {
      guard states.count <= Self.mostStates, states.count * width <= Self.mostSteps else {
        return nil
      }
      let state = states[next]
      steps.append(symbols.map { step(state, $0) })
      next += 1
    }
    return (steps, starts.map { UInt16($0) })
  }

  private mutating func number(_ state: State) -> Int {
    if state.ways.isEmpty { return 0 }
    if let known = numbers[state] { return known }
    states.append(state)
    numbers[state] = states.count - 1
    return states.count - 1
  }

  private mutating func step(_ state: State, _ symbol: Symbol) -> UInt16 {
    round += 1
    var ways: [Int] = []
    var isMatched = false
    for way in state.ways where !isMatched {
      isMatched = follow(way, symbol, state.behind, &ways)
    }
    let next = number(State(ways: ways, behind: symbol.base.map { behind.of($0) } ?? 0))
    return UInt16(next) | (isMatched ? Self.matched : 0)
  }

  /// Adds where the ways from an instruction lead over a symbol.
  ///
  /// - Returns: Whether a match is found; what is less preferred counts no more.
  private mutating func follow(
    _ index: Int, _ symbol: Symbol, _ class: Int, _ ways: inout [Int]
  ) -> Bool {
    if seen[index] == round { return false }
    seen[index] = round
    switch program.instructions[index] {
    case .match: return true
    case .branch(let targets):
      for target in targets where follow(target, symbol, `class`, &ways) { return true }
    case .require(let condition, let next):
      if holds(condition, symbol, `class`) { return follow(next, symbol, `class`, &ways) }
    case .symbols(let set, let next):
      if let base = symbol.base, set.contains(base), listed[next] != round {
        listed[next] = round
        ways.append(next)
      }
    }
    return false
  }

  private func holds(_ condition: RegexProgram.Condition, _ symbol: Symbol, _ class: Int) -> Bool {
    switch condition {
    case .next(let set, let orEnd): symbol.base.map { set.contains($0) } ?? orEnd
    case .previous(let set, let orStart): behind.holds(set, orStart: orStart, in: `class`)
    case .ahead(let index, let isNegative): symbol.lookaheads[index] != isNegative
    }
  }
}

/// The symbols in classes that the conditions of a program on what stands before can tell apart, and the
/// start of the text in its own.
struct BehindClasses {
  private let conditions: [(symbols: Set<UInt8>, orStart: Bool)]
  private var kinds: [[Bool]] = []
  private var classes: [Int] = []
  /// The class of the start.
  private(set) var start = 0

  /// How many there are.
  var count: Int { kinds.count }

  init(_ program: RegexProgram) {
    conditions = program.lookbehinds
    for symbol in 0..<program.alphabet.count {
      classes.append(number(conditions.map { $0.symbols.contains(UInt8(symbol)) }))
    }
    start = number(conditions.map(\.orStart))
  }

  private mutating func number(_ kind: [Bool]) -> Int {
    if let known = kinds.firstIndex(of: kind) { return known }
    kinds.append(kind)
    return kinds.count - 1
  }

  /// The class of a symbol.
  func of(_ symbol: UInt8) -> Int { classes[Int(symbol)] }

  /// Whether a condition of the program holds behind a class.
  func holds(_ symbols: Set<UInt8>, orStart: Bool, in class: Int) -> Bool {
    let index = conditions.firstIndex { $0.symbols == symbols && $0.orStart == orStart }
    return index.map { kinds[`class`][$0] } ?? false
  }
}
