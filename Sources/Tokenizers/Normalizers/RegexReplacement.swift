import Bytes

/// A pattern whose matches are replaced.
enum RegexReplacement: Sendable {
  /// By an automaton that leaves the matches out.
  case splits(SplitPlan)
  /// By PCRE2.
  case regex(CompiledRegex)

  /// Makes a pattern ready.
  ///
  /// - Throws: `badData` where it cannot be run.
  init(_ pattern: RegexPattern, place: String) throws(CuveeError) {
    // A splitter gives no empty pieces, so it cannot say where nothing was matched.
    let removed = SplitRule(.removed, isInverted: false)
    if !pattern.node.isNullable,
      let plan = SplitPlan([(pattern.node, removed)], overBytes: false)
    {
      self = .splits(plan)
    } else {
      self = .regex(try CompiledRegex(pattern, place: place))
    }
  }

  /// The text with something else for every match.
  func apply(_ text: [UInt8], content: [UInt8]) -> [UInt8] {
    if text.isEmpty { return text }
    var result: [UInt8] = []
    var done = 0
    switch self {
    case .splits(let plan):
      SplitChain(plan).cut(text.span, pieces: [SplitChain.End(text.count)]) { ends in
        for index in 0..<ends.count {
          let end = ends[index]
          if end.isRemoved {
            result += content
          } else {
            result.append(text.span, from: done, to: end.offset)
          }
          done = end.offset
        }
      }
    case .regex(let regex):
      var matches: [RegexMatcher.Match] = []
      RegexMatcher(regex).appendMatches(in: text.span, to: &matches)
      for match in matches {
        result.append(text.span, from: done, to: match.start)
        result += content
        done = match.end
      }
      result.append(text.span, from: done, to: text.count)
    }
    return result
  }
}
