import Bytes

/// A pattern as instructions, from which automata are made.
///
/// What is preferred comes first at a branch, as in an engine that tries one way after another.
struct RegexProgram {
  /// What must hold at a place for a match to go on.
  enum Condition {
    /// What follows is one of some symbols, or the end of the text.
    case next(Set<UInt8>, orEnd: Bool)
    /// What stands before is one of some symbols, or the start of the text.
    case previous(Set<UInt8>, orStart: Bool)
    /// A look-ahead of more than one character holds, or does not.
    case ahead(Int, isNegative: Bool)
  }

  enum Instruction {
    case symbols(Set<UInt8>, next: Int)
    case branch([Int])
    case require(Condition, next: Int)
    case match
  }

  /// Larger patterns are left to PCRE2.
  private static let mostInstructions = 20_000

  let alphabet: SymbolAlphabet
  private(set) var instructions: [Instruction] = [.match]
  /// Where to begin.
  private(set) var start = 0
  /// Where the bodies of look-aheads begin.
  private(set) var lookaheads: [Int] = []

  /// The program of a pattern; nil where it has what an automaton cannot do: groups that keep what
  /// they have taken, look-behinds of more than a character.
  init?(_ node: RegexNode, _ alphabet: SymbolAlphabet) {
    self.alphabet = alphabet
    guard let first = add(node, Exits(empty: 0, taken: 0)) else { return nil }
    start = first
  }

  /// The conditions on what stands before.
  var lookbehinds: [(symbols: Set<UInt8>, orStart: Bool)] {
    instructions.compactMap { instruction in
      if case .require(.previous(let set, let orStart), _) = instruction { return (set, orStart) }
      return nil
    }
  }

  private var all: Set<UInt8> { Set((0..<alphabet.count).map { UInt8($0) }) }

  private mutating func append(_ instruction: Instruction) -> Int? {
    guard instructions.count < Self.mostInstructions else { return nil }
    instructions.append(instruction)
    return instructions.count - 1
  }

  /// Where to go on behind a node: whether it has taken characters or not. A loop ends with the first round
  /// that takes none, as in engines that backtrack.
  private struct Exits {
    var empty: Int
    var taken: Int

    /// The exits where characters have been taken before.
    var behindTaken: Exits { Exits(empty: taken, taken: taken) }
  }

  /// Adds what a node matches, and gives where it begins.
  private mutating func add(_ node: RegexNode, _ exits: Exits) -> Int? {
    switch node {
    case .set(let set): return append(.symbols(Set(alphabet.symbols(of: set)), next: exits.taken))
    case .sequence(let nodes):
      var exits = exits
      for node in nodes.reversed() {
        guard let before = addPair(node, exits) else { return nil }
        exits = before
      }
      return exits.empty
    case .choice(let nodes):
      var targets: [Int] = []
      for node in nodes {
        guard let first = add(node, exits) else { return nil }
        targets.append(first)
      }
      return append(.branch(targets))
    case .anchor(.textStart):
      return append(.require(.previous([], orStart: true), next: exits.empty))
    case .anchor(.textEnd): return append(.require(.next([], orEnd: true), next: exits.empty))
    case .group(let group, let body): return add(group, body, exits)
    case .repeated(let body, let times): return add(body, times, exits)
    }
  }

  /// Adds a node twice where it matters whether characters have been taken before it.
  private mutating func addPair(_ node: RegexNode, _ exits: Exits) -> Exits? {
    guard let empty = add(node, exits) else { return nil }
    if exits.empty == exits.taken { return Exits(empty: empty, taken: empty) }
    guard let taken = add(node, exits.behindTaken) else { return nil }
    return Exits(empty: empty, taken: taken)
  }

  private mutating func add(
    _ group: RegexNode.Group, _ body: RegexNode, _ exits: Exits
  ) -> Int? {
    switch group {
    case .plain: return add(body, exits)
    // One way only: there is nothing to keep.
    case .atomic: return body.isRigid ? add(body, exits) : nil
    case .lookbehind, .notBehind:
      guard let (symbols, orStart) = single(body, edge: .textStart) else { return nil }
      return append(
        .require(
          group == .lookbehind
            ? .previous(symbols, orStart: orStart)
            : .previous(all.subtracting(symbols), orStart: !orStart), next: exits.empty))
    case .lookahead, .notAhead:
      let isNegative = group == .notAhead
      if let (symbols, orEnd) = single(body, edge: .textEnd) {
        return append(
          .require(
            isNegative
              ? .next(all.subtracting(symbols), orEnd: !orEnd) : .next(symbols, orEnd: orEnd),
            next: exits.empty))
      }
      guard let first = add(body, Exits(empty: 0, taken: 0)) else { return nil }
      lookaheads.append(first)
      return append(
        .require(.ahead(lookaheads.count - 1, isNegative: isNegative), next: exits.empty))
    }
  }

  /// The symbols of a node that matches one of them, or stands at an edge of the text.
  private func single(
    _ node: RegexNode, edge: RegexNode.Anchor
  ) -> (symbols: Set<UInt8>, orEdge: Bool)? {
    switch node {
    case .set(let set): return (Set(alphabet.symbols(of: set)), false)
    case .anchor(edge): return ([], true)
    case .group(.plain, let body): return single(body, edge: edge)
    case .choice(let nodes):
      var result: (symbols: Set<UInt8>, orEdge: Bool) = ([], false)
      for node in nodes {
        guard let (symbols, orEdge) = single(node, edge: edge) else { return nil }
        result = (result.symbols.union(symbols), result.orEdge || orEdge)
      }
      return result
    default: return nil
    }
  }

  private mutating func add(
    _ body: RegexNode, _ times: RegexNode.Repeat, _ exits: Exits
  ) -> Int? {
    if times.mode == "+" { return addPossessive(body, times, exits) }
    let isLazy = times.mode == "?"
    func choice(_ copy: Int, _ exit: Int) -> Instruction {
      .branch(isLazy ? [exit, copy] : [copy, exit])
    }
    var first = exits
    if let most = times.most {
      for _ in times.least..<max(times.least, most) {
        guard let copy = addPair(body, first), let empty = append(choice(copy.empty, exits.empty))
        else { return nil }
        first = Exits(empty: empty, taken: empty)
        if exits.empty != exits.taken {
          guard let taken = append(choice(copy.taken, exits.taken)) else { return nil }
          first.taken = taken
        }
      }
    } else {
      guard let loop = append(.branch([])),
        let copy = add(body, Exits(empty: exits.taken, taken: loop))
      else { return nil }
      instructions[loop] = choice(copy, exits.taken)
      first = Exits(empty: loop, taken: loop)
      if exits.empty != exits.taken {
        guard let copy = add(body, Exits(empty: exits.empty, taken: loop)),
          let empty = append(choice(copy, exits.empty))
        else { return nil }
        first.empty = empty
      }
    }
    for _ in 0..<times.least {
      guard let copy = addPair(body, first) else { return nil }
      first = copy
    }
    return first.empty
  }

  /// A repeated character that gives nothing back: it stops before another one, or at the most.
  private mutating func addPossessive(
    _ body: RegexNode, _ times: RegexNode.Repeat, _ exits: Exits
  ) -> Int? {
    guard let (symbols, orEnd) = single(body, edge: .textEnd), !orEnd else { return nil }
    let others = RegexProgram.Condition.next(all.subtracting(symbols), orEnd: true)
    guard let stop = append(.require(others, next: exits.taken)) else { return nil }
    var first = exits.taken
    /// The copy of the character where the least is reached, or nil where there is none.
    var copy: Int?
    if let most = times.most {
      for _ in times.least..<max(times.least, most) {
        copy = append(.symbols(symbols, next: first))
        guard let copy, let branch = append(.branch([copy, stop])) else { return nil }
        first = branch
      }
    } else {
      guard let loop = append(.branch([])) else { return nil }
      copy = append(.symbols(symbols, next: loop))
      guard let copy else { return nil }
      instructions[loop] = .branch([copy, stop])
      first = loop
    }
    if times.least == 0 {
      guard let copy else { return exits.empty }
      guard let stop = append(.require(others, next: exits.empty)) else { return nil }
      return append(.branch([copy, stop]))
    }
    for _ in 0..<times.least {
      guard let copy = append(.symbols(symbols, next: first)) else { return nil }
      first = copy
    }
    return first
  }
}

extension RegexNode {
  /// Whether it may match nothing.
  var isNullable: Bool {
    switch self {
    case .set: false
    case .sequence(let nodes): nodes.allSatisfy(\.isNullable)
    case .choice(let nodes): nodes.contains(where: \.isNullable)
    case .group(.plain, let node), .group(.atomic, let node): node.isNullable
    case .group, .anchor: true
    case .repeated(let node, let times): times.least == 0 || node.isNullable
    }
  }

  /// Whether there is but one way to match a text.
  fileprivate var isRigid: Bool {
    switch self {
    case .set, .anchor: true
    case .sequence(let nodes): nodes.allSatisfy(\.isRigid)
    case .group(.plain, let node), .group(.atomic, let node): node.isRigid
    case .group: true
    case .choice: false
    case .repeated(let node, let times): times.least == times.most && node.isRigid
    }
  }
}
