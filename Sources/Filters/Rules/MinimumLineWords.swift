import Bytes
import Declarations

/// Cuts short lines; C4 cuts those of fewer than 5 words.
///
/// Words are what lies between white space.
struct MinimumLineWords: SingleLineEditor {
  static let name = "minimum-line-words"
  static let summary = "cuts lines with fewer words than the minimum"
  static let parameters = [
    Parameter("minimum", .integer(0...Int.max), standard: .integer(5), "the least number of words")
  ]
  static let example = RuleExample(
    before: "Too short.\nThis line has enough words.", after: "This line has enough words.")

  private let minimum: Int

  init(parameters: Parameters) throws(CuveeError) {
    minimum = parameters.integer("minimum")
  }

  func decide(_ line: Span<UInt8>, _ rewriting: inout LineRewriting) -> LineDecision {
    var words = 0
    var isInside = false
    var index = 0
    while index < line.count && words < minimum {
      let space = UTF8Text.spaceLength(in: line, at: index)
      if space == 0 {
        if !isInside { words += 1 }
        isInside = true
        index += UTF8Text.length(line[index])
      } else {
        isInside = false
        index += space
      }
    }
    return words < minimum ? .cut(Measure(words, against: minimum)) : .keep
  }
}
