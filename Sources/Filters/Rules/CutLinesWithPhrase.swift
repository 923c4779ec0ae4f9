import Bytes
import Declarations

/// Cuts lines that hold a phrase, whatever the case of their letters.
///
/// A phrase is found in the line as Python's `str.lower` makes it, also inside words.
struct CutLinesWithPhrase: SingleLineEditor {
  static let name = "cut-lines-with-phrase"
  static let summary = "cuts lines that contain one of the phrases, in capital or small letters"
  static let parameters = [
    Parameter("phrases", .texts, "the phrases, in small letters of ASCII")
  ]
  static let example = RuleExample(
    parameters: ["phrases": .texts(["privacy policy"])],
    before: "Read our Privacy Policy here.\nThe sun rose over the hills.",
    after: "The sun rose over the hills.")

  private let phrases: PhraseFinder

  init(parameters: Parameters) throws(CuveeError) {
    phrases = try PhraseFinder(parameters.texts("phrases"), rule: Self.name)
  }

  func decide(_ line: Span<UInt8>, _ rewriting: inout LineRewriting) -> LineDecision {
    phrases.isIn(line) ? .cut(Measure(1, against: 0)) : .keep
  }
}
