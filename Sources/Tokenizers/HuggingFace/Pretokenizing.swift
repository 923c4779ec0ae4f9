import Bytes

/// Cuts texts by a list of steps, on one thread.
final class Pretokenizing {
  private let steps: [PretokenStep]
  private var matchers: [RegexMatcher?]
  private var found: [(start: Int, end: Int, isMatch: Bool)] = []
  private var matches: [RegexMatcher.Match] = []
  /// The text as the steps have changed it.
  private(set) var text: [UInt8] = []
  /// The pieces of `text`.
  private(set) var pieces: [Range<Int>] = []

  init(_ steps: [PretokenStep]) {
    self.steps = steps
    matchers = steps.map { step in
      if case .split(.regex(let regex), _, _) = step { return RegexMatcher(regex) }
      return nil
    }
  }

  /// Cuts a text; `isFirst` says whether nothing stands before it.
  func cut(_ input: Span<UInt8>, isFirst: Bool) {
    text.removeAll(keepingCapacity: true)
    text.append(input)
    pieces.removeAll(keepingCapacity: true)
    if input.isEmpty { return }
    pieces.append(0..<input.count)
    for index in steps.indices {
      switch steps[index] {
      case .split(let target, let behavior, let isInverted):
        split(target, matchers[index], behavior, isInverted)
      case .prefixSpace:
        rewrite { piece, _ in piece.first == 0x20 ? piece[...] : ([0x20] + piece)[...] }
      case .metaspace(let mark, let prepending, let splits):
        metaspace(mark, prepending, isFirst)
        if splits { split(.literal(mark), nil, .mergedWithNext, false) }
      }
    }
  }

  private func metaspace(_ mark: [UInt8], _ prepending: PretokenStep.Prepending, _ isFirst: Bool) {
    rewrite { piece, start in
      let marked = TextNormalizer.replacing([0x20], by: mark, in: Array(piece))
      let wanted = prepending == .always || prepending == .first && isFirst && start == 0
      return (wanted && !marked.starts(with: mark) ? mark + marked : marked)[...]
    }
  }

  /// Changes every piece.
  private func rewrite(_ body: (ArraySlice<UInt8>, Int) -> ArraySlice<UInt8>) {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + pieces.count * 3)
    for index in pieces.indices {
      let start = output.count
      output += body(text[pieces[index]], pieces[index].lowerBound)
      pieces[index] = start..<output.count
    }
    text = output
  }

  private func split(
    _ target: PretokenStep.Target, _ matcher: RegexMatcher?, _ behavior: PretokenStep.Behavior,
    _ isInverted: Bool
  ) {
    var result: [Range<Int>] = []
    for piece in pieces {
      if piece.isEmpty { continue }
      found.removeAll(keepingCapacity: true)
      find(target, matcher, in: piece)
      if isInverted { for index in found.indices { found[index].isMatch.toggle() } }
      let offset = piece.lowerBound
      append(behavior, offset, to: &result)
    }
    pieces = result
  }

  private func find(
    _ target: PretokenStep.Target, _ matcher: RegexMatcher?, in piece: Range<Int>
  ) {
    let current = text
    let span = current.span.extracting(piece)
    matches.removeAll(keepingCapacity: true)
    switch target {
    case .regex: matcher?.appendMatches(in: span, to: &matches)
    case .pattern(let pattern):
      guard let pretokenizer = pattern.pretokenizer else {
        matches.append(.init(start: 0, end: span.count))
        break
      }
      var start = 0
      while start < span.count {
        let end = pretokenizer.pieceEnd(in: span, from: start)
        matches.append(.init(start: start, end: end))
        start = end
      }
    case .literal(let literal):
      var index = 0
      while index + literal.count <= span.count {
        var length = 0
        while length < literal.count, span[index + length] == literal[length] { length += 1 }
        if length == literal.count {
          matches.append(.init(start: index, end: index + length))
          index += length
        } else {
          index += 1
        }
      }
    case .characters(let table):
      var index = 0
      while index < span.count {
        let (point, length) = UTF8Decoding.scalar(in: span, at: index)
        if table[point] != 0 { matches.append(.init(start: index, end: index + length)) }
        index += length
      }
    }
    var done = 0
    for match in matches {
      if match.start > done { found.append((done, match.start, false)) }
      found.append((match.start, match.end, true))
      done = match.end
    }
    if done < span.count { found.append((done, span.count, false)) }
  }

  private func append(
    _ behavior: PretokenStep.Behavior, _ offset: Int, to result: inout [Range<Int>]
  ) {
    var kept: [Range<Int>] = []
    var wasMatch = false
    switch behavior {
    case .removed: kept = found.filter { !$0.isMatch }.map { $0.start..<$0.end }
    case .isolated: kept = found.map { $0.start..<$0.end }
    case .contiguous:
      for item in found {
        if item.isMatch == wasMatch, let last = kept.last {
          kept[kept.count - 1] = last.lowerBound..<item.end
        } else {
          kept.append(item.start..<item.end)
        }
        wasMatch = item.isMatch
      }
    case .mergedWithPrevious:
      for item in found {
        if item.isMatch, !wasMatch, let last = kept.last {
          kept[kept.count - 1] = last.lowerBound..<item.end
        } else {
          kept.append(item.start..<item.end)
        }
        wasMatch = item.isMatch
      }
    case .mergedWithNext:
      for item in found.reversed() {
        if item.isMatch, !wasMatch, let last = kept.last {
          kept[kept.count - 1] = item.start..<last.upperBound
        } else {
          kept.append(item.start..<item.end)
        }
        wasMatch = item.isMatch
      }
      kept.reverse()
    }
    for range in kept where !range.isEmpty {
      result.append(range.lowerBound + offset..<range.upperBound + offset)
    }
  }
}
