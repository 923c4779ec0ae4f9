import Bytes
import Declarations

/// Drops documents with too few sentences in the lines that are left; C4 wants at least 3.
///
/// Sentences are those of Punkt's English model, counted line by line (`PunktSentences`).
struct MinimumSentences: LineEditor {
  static let name = "minimum-sentences"
  static let summary = "drops documents whose lines have fewer English sentences than the minimum"
  static let parameters = [
    Parameter(
      "minimum", .integer(0...Int.max), standard: .integer(3), "the least number of sentences")
  ]
  static let example = RuleExample(
    before: "Dr. J. Aron met Mr. Smith.\nThey left.", after: nil)

  private let minimum: Int
  private let punkt = PunktSentences()

  init(parameters: Parameters) throws(CuveeError) {
    minimum = parameters.integer("minimum")
  }

  func edit(_ lines: inout LineBatch) {
    for document in lines.documents.indices {
      var sentences = 0
      lines.editLines(of: document) { line, _ in
        // How many there are matters only where there are too few.
        if sentences < minimum { sentences += punkt.count(line) }
        return .keep
      }
      if sentences < minimum { lines.drop(document, Measure(sentences, against: minimum)) }
    }
  }
}
