import Declarations
import Filters
import Testing

@Suite struct MinimumDocumentSentencesTests {
  /// Sentences are NLTK's of the whole text: "Dr." at the end of a line ends none, as it does where
  /// lines are counted one by one.
  @Test(
    arguments: [
      ("One is here. Two is here.", 2, nil), ("One is here. Two is here.", 3, 2),
      ("They left with Dr.\nSmith. It rained.", 2, nil), ("They left with Dr.\nSmith.", 2, 1),
      ("Nothing\nends\nhere", 1, nil), ("Nothing\nends\nhere", 2, 1), ("", 1, 0), ("", 0, nil),
    ] as [(String, Int, Int?)])
  func dropsBelowTheMinimum(text: String, minimum: Int, sentences: Int?) throws {
    let step = FilterStep(
      rule: "minimum-document-sentences", parameters: ["minimum": .integer(minimum)])
    let outcome = try Filtering.run([step], on: [text])[0]
    #expect(outcome.reason == (sentences == nil ? nil : "minimum_document_sentences"))
    #expect(outcome.measure == sentences.map { Measure($0, against: minimum) })
  }
}
