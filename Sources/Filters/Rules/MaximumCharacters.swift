import Bytes
import Declarations

/// Drops documents that are too long; C4 drops pages of more than 190,000 characters.
///
/// Characters are Unicode code points, as Python's `len` counts them.
struct MaximumCharacters: TextRule {
  static let name = "maximum-characters"
  static let summary = "drops documents with more characters than the maximum"
  static let parameters = [
    Parameter(
      "maximum", .integer(0...Int.max), standard: .integer(190_000), "the most characters")
  ]
  static let example = RuleExample(
    parameters: ["maximum": .integer(3)], before: "four", after: nil)

  private let maximum: Int

  init(parameters: Parameters) throws(CuveeError) {
    maximum = parameters.integer("maximum")
  }

  func fault(in text: Span<UInt8>) -> Measure? {
    // No text has more characters than bytes.
    guard text.count > maximum else { return nil }
    let count = UTF8Text.count(text)
    return count > maximum ? Measure(count, against: maximum) : nil
  }
}
