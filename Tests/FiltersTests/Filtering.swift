import Declarations
import Bytes
import Documents
import Filters
import Testing

/// Runs filters over texts for tests.
enum Filtering {
  /// What became of a text.
  struct Outcome: Equatable {
    var reason: String?
    var text: String
    var measure: Measure?
    /// The original text with the edits applied, which has to be `text`.
    var retraced: String
    /// For each line up to where the document was dropped, the reason for which it was cut.
    var lines: [String?] = []
  }

  /// C4's page and line rules, as `Filters/c4-lines.yaml` has them.
  static let c4: [FilterStep] = [
    FilterStep(rule: "maximum-characters", reason: "too_long"),
    FilterStep(rule: "maximum-word-length", reason: "too_long_word"),
    FilterStep(rule: "remove-citations", reason: "citations"),
    FilterStep(rule: "line-end-marks", reason: "no_endmark"),
    FilterStep(rule: "minimum-line-words", reason: "too_short"),
    FilterStep(
      rule: "drop-documents-with-phrase", reason: "loremipsum",
      parameters: ["phrases": .texts(["lorem ipsum"])]),
    FilterStep(
      rule: "cut-lines-with-phrase", reason: "javascript",
      parameters: ["phrases": .texts(["javascript"])]),
    FilterStep(
      rule: "drop-documents-with-phrase", reason: "squigglybracket",
      parameters: ["phrases": .texts(["{"])]),
    FilterStep(
      rule: "cut-lines-with-phrase", reason: "policy",
      parameters: [
        "phrases": .texts([
          "terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies",
          "use cookies",
        ])
      ]),
    FilterStep(rule: "minimum-sentences", reason: "too_few_sentences"),
  ]

  static func batch(of texts: [String]) -> DocumentBatch {
    var batch = DocumentBatch()
    for (index, text) in texts.enumerated() {
      batch.append(
        text: Array(text.utf8).span, id: Array("\(index)".utf8).span,
        origin: Origin(file: 0, record: UInt64(index), byteOffset: 0))
    }
    return batch
  }

  /// Runs a filter over texts in one batch.
  static func run(_ steps: [FilterStep], on texts: [String]) throws -> [Outcome] {
    let chain = try FilterChain(steps)
    var runner = chain.makeRunner()
    let recorder = Recorder(reasons: chain.reasons.map(\.name))
    runner.observer = recorder
    var batch = batch(of: texts)
    runner.apply(to: &batch)
    return texts.indices.map { index in
      var retraced: [UInt8] = []
      batch.edits.apply(of: index, to: Array(texts[index].utf8).span, into: &retraced)
      var reason: String?
      if case .drop(let number) = batch.verdicts[index] { reason = chain.reasons[Int(number)].name }
      return Outcome(
        reason: reason, text: String(decoding: batch.text[batch.textRange(index)], as: UTF8.self),
        measure: recorder.measures[index], retraced: String(decoding: retraced, as: UTF8.self),
        lines: recorder.lines[index] ?? [])
    }
  }

  /// Writes down what a runner tells.
  final class Recorder: FilterObserver {
    let reasons: [String]
    var measures: [Int: Measure] = [:]
    var found: [Int: String] = [:]
    var lines: [Int: [String?]] = [:]

    init(reasons: [String]) { self.reasons = reasons }

    func dropped(
      _ document: Int, of batch: borrowing DocumentBatch, reason: Int, _ measure: Measure?,
      found: String?
    ) {
      self.found[document] = found
      measures[document] = measure
    }

    func edited(_ lines: borrowing LineBatch, of batch: borrowing DocumentBatch) {
      for document in lines.documents {
        self.lines[document.index] = (document.lines.lowerBound..<document.end).map {
          lines.lines[$0].cutBy < 0 ? nil : reasons[lines.lines[$0].cutBy]
        }
      }
    }
  }
}
