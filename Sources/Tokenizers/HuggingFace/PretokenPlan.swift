import Bytes

/// The steps of a pre-tokeniser made ready: those in a row that cut are done together.
struct PretokenPlan: Sendable {
  enum Stage: Sendable {
    /// By automata.
    case splits(SplitPlan)
    /// By PCRE2.
    case regex(CompiledRegex, SplitRule)
    case prefixSpace
    case metaspace(mark: [UInt8], PretokenStep.Prepending)
  }

  private(set) var stages: [Stage] = []
  /// The patterns that PCRE2 runs.
  private(set) var slow: [String] = []
  private var pending: [(node: RegexNode, rule: SplitRule, text: String)] = []
  private var isByteLevel: Bool

  /// No cutting.
  static let empty = PretokenPlan()

  private init() { isByteLevel = false }

  /// Makes steps ready.
  ///
  /// - Parameters:
  ///   - steps: The steps.
  ///   - isByteLevel: Whether the first already sees bytes as characters.
  ///   - place: What errors begin with.
  /// - Throws: `badData` naming the pattern that cannot be run.
  init(_ steps: [PretokenStep], isByteLevel: Bool = false, place: String) throws(CuveeError) {
    self.isByteLevel = isByteLevel
    for step in steps {
      switch step {
      case .split(let target, let behavior, let isInverted):
        let text = if case .regex(let pattern) = target { pattern.text } else { "" }
        let rule = SplitRule(behavior, isInverted: isInverted)
        pending.append((try target.node(place: place), rule, text))
      case .prefixSpace:
        try flush(place)
        stages.append(.prefixSpace)
      case .metaspace(let mark, let prepending, let splits):
        try flush(place)
        stages.append(.metaspace(mark: mark, prepending))
        if splits {
          let node = try PretokenStep.Target.literal(mark).node(place: place)
          pending.append((node, SplitRule(.mergedWithNext, isInverted: false), ""))
        }
      case .byteLevel:
        try flush(place)
        self.isByteLevel = true
      }
    }
    try flush(place)
  }

  /// Turns what is pending into stages: one where an automaton can do all of it.
  private mutating func flush(_ place: String) throws(CuveeError) {
    defer { pending = [] }
    if pending.isEmpty { return }
    if let plan = SplitPlan(pending.map { ($0.node, $0.rule) }, overBytes: isByteLevel) {
      stages.append(.splits(plan))
      return
    }
    for (node, rule, text) in pending {
      if let plan = SplitPlan([(node, rule)], overBytes: isByteLevel) {
        stages.append(.splits(plan))
      } else {
        let regex = try CompiledRegex(
          RegexPattern(text: text, node: node), overBytes: isByteLevel, place: place)
        stages.append(.regex(regex, rule))
        slow.append(text)
      }
    }
  }
}
