import Bytes
import Declarations

/// Drops documents with a phrase in one of their lines, whatever the case of its letters.
///
/// Lines that an editor before has cut are not looked at. A phrase is found in a line as Python's
/// `str.lower` makes it, also inside words.
struct DropDocumentsWithPhrase: SingleLineEditor {
  static let name = "drop-documents-with-phrase"
  static let summary = "drops documents with a line that contains one of the phrases"
  static let parameters = [
    Parameter("phrases", .texts, "the phrases, in small letters of ASCII")
  ]
  static let example = RuleExample(
    parameters: ["phrases": .texts(["lorem ipsum"])],
    before: "The sun rose.\nLorem ipsum dolor sit amet.", after: nil)

  private let phrases: PhraseFinder

  init(parameters: Parameters) throws(CuveeError) {
    phrases = try PhraseFinder(parameters.texts("phrases"), rule: Self.name)
  }

  func decide(_ line: Span<UInt8>, _ rewriting: inout LineRewriting) -> LineDecision {
    phrases.isIn(line) ? .dropDocument(Measure(1, against: 0)) : .keep
  }
}
