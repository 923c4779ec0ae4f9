import Bytes

/// Expands `{a,b}` in a pattern, before anything else is looked at.
enum GlobBraces {
  /// A pattern that gives more than this is a mistake.
  private static let mostAlternatives = 10_000

  /// The alternatives of a pattern in the order written; one, the pattern, when it has no braces.
  /// Braces without a comma or without an end stand for themselves.
  ///
  /// - Throws: `badData` when there are more than 10,000.
  static func expand(_ pattern: String) throws(CuveeError) -> [String] {
    var done: [String] = []
    // Alternatives still to be expanded, last first, so that `done` keeps the order.
    var open = [Array(pattern.unicodeScalars)]
    while let scalars = open.popLast() {
      if let group = firstGroup(scalars) {
        for part in group.parts.reversed() {
          var alternative = Array(scalars[..<group.range.lowerBound])
          alternative += part
          alternative += scalars[group.range.upperBound...]
          open.append(alternative)
        }
      } else {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        done.append(String(text))
      }
      if done.count + open.count > mostAlternatives {
        throw .badData(
          "the pattern \"\(pattern)\" has more than \(mostAlternatives) alternatives in braces")
      }
    }
    return done
  }

  private typealias Scalars = [Unicode.Scalar]

  /// The first outermost group that has a comma, with what stands between its commas.
  private static func firstGroup(
    _ scalars: Scalars
  ) -> (range: Range<Int>, parts: [ArraySlice<Unicode.Scalar>])? {
    // Groups open at the place looked at: where each begins and its commas.
    var opened: [(start: Int, commas: [Int])] = []
    var found: (range: Range<Int>, parts: [ArraySlice<Unicode.Scalar>])?
    var place = 0
    while place < scalars.count {
      switch scalars[place] {
      case "\\": place += 1
      case "{": opened.append((place, []))
      case ",": if !opened.isEmpty { opened[opened.count - 1].commas.append(place) }
      case "}":
        guard let group = opened.popLast(), !group.commas.isEmpty else { break }
        let starts = [group.start + 1] + group.commas.map { $0 + 1 }
        let parts = zip(starts, group.commas + [place]).map { scalars[$0..<$1] }
        // A group around this one replaces it; one that stands after it does not.
        if found.map({ group.start < $0.range.lowerBound }) ?? true {
          found = (group.start..<place + 1, parts)
        }
      default: break
      }
      place += 1
    }
    return found
  }
}
