import Bytes

/// Cuts texts by a plan, on one thread.
final class Pretokenizing {
  /// Takes some pieces in a row: the text, where the first of them starts, and their ends.
  typealias Taker = (_ text: Span<UInt8>, _ start: Int, _ ends: SplitChain.Ends) -> Void

  private let stages: [PretokenPlan.Stage]
  private let chains: [SplitChain?]
  private let matchers: [RegexMatcher?]

  init(_ plan: PretokenPlan) {
    stages = plan.stages
    chains = stages.map { stage in
      if case .splits(let plan) = stage { return SplitChain(plan) }
      return nil
    }
    matchers = stages.map { stage in
      if case .regex(let regex, _) = stage { return RegexMatcher(regex) }
      return nil
    }
  }

  /// Cuts a text, and gives its pieces in order; `isFirst` says whether nothing stands before it.
  func cut(_ text: Span<UInt8>, isFirst: Bool, _ take: Taker) {
    if !text.isEmpty { run(0, text, [SplitChain.End(text.count)], isFirst, take) }
  }

  private func run(
    _ index: Int, _ text: Span<UInt8>, _ pieces: [SplitChain.End], _ isFirst: Bool, _ take: Taker
  ) {
    guard index < stages.count else {
      return SplitChain.withEnds(pieces) { take(text, 0, $0) }
    }
    switch stages[index] {
    case .splits:
      guard let chain = chains[index] else { return }
      if index == stages.count - 1 {
        var start = 0
        chain.cut(text, pieces: pieces) { ends in
          take(text, start, ends)
          start = ends[ends.count - 1].offset
        }
      } else {
        var result: [SplitChain.End] = []
        chain.cut(text, pieces: pieces) { ends in
          for index in 0..<ends.count { result.append(ends[index]) }
        }
        run(index + 1, text, result, isFirst, take)
      }
    case .regex(_, let rule):
      guard let matcher = matchers[index] else { return }
      run(index + 1, text, split(text, pieces, matcher, rule), isFirst, take)
    case .prefixSpace, .metaspace:
      let (output, ends) = rewritten(stages[index], text, pieces, isFirst)
      run(index + 1, output.span, ends, isFirst, take)
    }
  }

  /// Cuts a text that is let go when a stage has made another of it.
  func cut(givenAway text: consuming [UInt8], isFirst: Bool, _ take: Taker) {
    if text.isEmpty { return }
    var pieces = [SplitChain.End(text.count)]
    var index = 0
    while index < stages.count {
      switch stages[index] {
      case .prefixSpace, .metaspace:
        (text, pieces) = rewritten(stages[index], text.span, pieces, isFirst)
        index += 1
      default: return run(index, text.span, pieces, isFirst, take)
      }
    }
    run(index, text.span, pieces, isFirst, take)
  }

  /// The text that a stage makes of all pieces but those left out, and its pieces.
  private func rewritten(
    _ stage: PretokenPlan.Stage, _ text: Span<UInt8>, _ pieces: [SplitChain.End], _ isFirst: Bool
  ) -> (output: [UInt8], ends: [SplitChain.End]) {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + pieces.count * 3)
    var result: [SplitChain.End] = []
    var start = 0
    for end in pieces {
      defer { start = end.offset }
      if end.isRemoved { continue }
      let piece = text.extracting(start..<end.offset)
      switch stage {
      case .metaspace(let mark, let prepending):
        let wanted = prepending == .always || prepending == .first && isFirst && start == 0
        if wanted, !Self.begins(piece, with: mark) { output += mark }
        Self.append(piece, marking: mark, to: &output)
      default:
        if piece.isEmpty || piece[0] != 0x20 { output.append(0x20) }
        output.append(piece)
      }
      result.append(SplitChain.End(output.count))
    }
    return (output, result)
  }

  /// Whether a piece begins with a mark, or with a space that becomes one.
  private static func begins(_ piece: Span<UInt8>, with mark: [UInt8]) -> Bool {
    if mark.isEmpty || !piece.isEmpty && piece[0] == 0x20 { return true }
    return piece.holds(mark, at: 0)
  }

  /// Appends a piece with a mark for each space.
  private static func append(
    _ piece: Span<UInt8>, marking mark: [UInt8], to output: inout [UInt8]
  ) {
    var done = 0
    while done < piece.count {
      let space = ByteSearch.firstIndex(of: 0x20, 0x20, 0x20, in: piece, from: done)
      output.append(piece, from: done, to: space)
      if space < piece.count { output += mark }
      done = space + 1
    }
  }

  /// Cuts every piece where PCRE2 finds a pattern.
  private func split(
    _ text: Span<UInt8>, _ pieces: [SplitChain.End], _ matcher: RegexMatcher, _ rule: SplitRule
  ) -> [SplitChain.End] {
    var result: [SplitChain.End] = []
    var start = 0
    for end in pieces {
      defer { start = end.offset }
      if end.isRemoved {
        result.append(end)
        continue
      }
      var matches: [RegexMatcher.Match] = []
      matcher.appendMatches(in: text.extracting(start..<end.offset), to: &matches)
      for cut in rule.cuts(matches, count: end.offset - start) {
        result.append(SplitChain.End(start + cut.offset, isRemoved: cut.isRemoved))
      }
    }
    return result
  }
}

extension SplitRule {
  /// The ends of the pieces of a text with some matches.
  func cuts(_ matches: [RegexMatcher.Match], count: Int) -> [SplitChain.End] {
    var result: [SplitChain.End] = []
    var last = 0
    func cut(_ offset: Int, _ isRemoved: Bool) {
      if offset == last { return }
      result.append(SplitChain.End(offset, isRemoved: isRemoved))
      last = offset
    }
    var before: Int?
    for match in matches {
      if match.start > before ?? 0 {
        if let before, cutsBehindMatch { cut(before, removesMatches) }
        if cutsBeforeMatch { cut(match.start, removesGaps) }
      } else if let before, cutsBetweenMatches {
        cut(before, removesMatches)
      }
      before = match.end
    }
    if let before, before < count, cutsBehindMatch { cut(before, removesMatches) }
    cut(count, before == count ? removesMatches : removesGaps)
    return result
  }
}
