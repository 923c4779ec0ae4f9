/// A pattern as a tree. Its leaves are sets of code points: what is left of Unicode's properties and
/// of letter case after parsing.
indirect enum RegexNode: Sendable {
  /// What a group does.
  enum Group: String, Sendable {
    case plain = "?:"
    case atomic = "?>"
    case lookahead = "?="
    case notAhead = "?!"
    case lookbehind = "?<="
    case notBehind = "?<!"
  }

  /// A place without width, as PCRE2 writes it.
  enum Anchor: String, Sendable {
    case textStart = #"\A"#
    case textEnd = #"\z"#
  }

  /// How often, and whether backtracking may come back.
  struct Repeat: Sendable {
    var least: Int
    var most: Int?
    /// Empty for greedy, `?` for lazy, `+` for possessive.
    var mode: String
  }

  case set(CodePointSet)
  case sequence([RegexNode])
  case choice([RegexNode])
  case group(Group, RegexNode)
  case repeated(RegexNode, Repeat)
  case anchor(Anchor)

  /// All sets of the tree.
  var sets: [CodePointSet] {
    switch self {
    case .set(let set): [set]
    case .sequence(let nodes), .choice(let nodes): nodes.flatMap(\.sets)
    case .group(_, let node), .repeated(let node, _): node.sets
    case .anchor: []
    }
  }

  /// The pattern in PCRE2's syntax, over the symbols that stand for code points.
  func source(_ alphabet: SymbolAlphabet) -> String {
    switch self {
    case .set(let set): return alphabet.source(of: set)
    case .sequence(let nodes): return nodes.map { $0.source(alphabet) }.joined()
    case .choice(let nodes):
      return "(?:" + nodes.map { $0.source(alphabet) }.joined(separator: "|") + ")"
    case .group(let group, let node):
      return "(" + group.rawValue + node.source(alphabet) + ")"
    case .repeated(let node, let times):
      let count =
        switch (times.least, times.most) {
        case (0, nil): "*"
        case (1, nil): "+"
        case (0, 1): "?"
        case (let least, let most):
          "{\(least),\(most.map(String.init) ?? "")}"
        }
      let body = node.source(alphabet)
      if case .set = node { return body + count + times.mode }
      return "(?:" + body + ")" + count + times.mode
    case .anchor(let anchor): return anchor.rawValue
    }
  }
}
