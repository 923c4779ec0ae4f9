import Bytes
import Declarations
import Documents

/// Drops documents with too few sentences in their text as a whole; C4 wants at least 3 after it has
/// cut lines that are elsewhere, too.
///
/// Sentences are those of Punkt's English model (`PunktSentences`), which may go on from a line to the
/// next; `minimum-sentences` counts those of each line.
struct MinimumDocumentSentences: TextRule {
  static let name = "minimum-document-sentences"
  static let summary = "drops documents whose text has fewer English sentences than the minimum"
  static let parameters = [
    Parameter(
      "minimum", .integer(0...Int.max), standard: .integer(3), "the least number of sentences")
  ]
  static let example = RuleExample(
    parameters: ["minimum": .integer(2)], before: "They left with\nDr. Smith.", after: nil)

  private let minimum: Int
  private let punkt = PunktSentences()

  init(parameters: Parameters) throws(CuveeError) {
    minimum = parameters.integer("minimum")
  }

  func fault(in text: Span<UInt8>) -> Measure? {
    // How many there are matters only where there are too few.
    let sentences = punkt.count(text, upTo: minimum)
    return sentences < minimum ? Measure(sentences, against: minimum) : nil
  }
}
