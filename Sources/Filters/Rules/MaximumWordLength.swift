import Bytes
import Declarations

/// Cuts lines with a word that is too long; C4 cuts those with a word of more than 1,000 characters.
///
/// Words are what lies between white space, characters are Unicode code points.
struct MaximumWordLength: SingleLineEditor {
  static let name = "maximum-word-length"
  static let summary = "cuts lines with a word of more characters than the maximum"
  static let parameters = [
    Parameter(
      "maximum", .integer(0...Int.max), standard: .integer(1000),
      "the most characters of a word")
  ]
  static let example = RuleExample(
    parameters: ["maximum": .integer(5)], before: "A short one.\nA rather long one.",
    after: "A short one.")

  private let maximum: Int

  init(parameters: Parameters) throws(CuveeError) {
    maximum = parameters.integer("maximum")
  }

  func decide(_ line: Span<UInt8>, _ rewriting: inout LineRewriting) -> LineDecision {
    guard line.count > maximum else { return .keep }
    var length = 0
    var index = 0
    while index < line.count {
      let space = UTF8Text.spaceLength(in: line, at: index)
      if space > 0 {
        if length > maximum { break }
        length = 0
        index += space
      } else {
        length += 1
        index += UTF8Text.length(line[index])
      }
    }
    return length > maximum ? .cut(Measure(length, against: maximum)) : .keep
  }
}
