import Bytes
import Documents
import MixtureFiles
import Readers

/// What a probe has found in a source.
struct SourceSample: Sendable {
  /// Records below which a sample that is not the whole source says nothing of all others.
  private static let leastRecords: UInt64 = 20
  /// Bad records that the error shows.
  private static let examplesShown = 3

  /// The source's name.
  let source: String
  /// What the sample stands for in the whole source.
  var counts = ProbeCounts()
  /// The records of the sample, and those that are bad.
  var badRecords: BadRecordSummary
  /// What the first record lacks that is bad because a field is missing.
  var missingField: MissingField?
  /// The uncompressed bytes that were read.
  var bytesRead: UInt64 = 0
  /// The files that were read of a format whose record is a whole file.
  var filesRead = 0
  /// Whether the sample is the whole source.
  var isWhole = false
  /// The tokens that begin and end each document.
  var tokensAboutDocument = 1

  init(source: String) {
    self.source = source
    badRecords = BadRecordSummary(source: source)
  }

  /// The tokens of the whole source, without deduplications.
  var tokens: Double {
    counts.keptBytes * (counts.tokensPerByte ?? 0) + Double(tokensAboutDocument)
      * counts.keptDocuments
  }

  /// Whether a template of the text may be to blame, and not only the format.
  private var isAboutText: Bool {
    let reasons: [BadRecord.Reason] = [.missingField, .nullField, .wrongType, .emptyText]
    return reasons.contains { badRecords.reasons[$0.rawValue] != nil }
  }

  /// Refuses a source none of whose records gives a document: its mixture file reads it the wrong
  /// way.
  ///
  /// - Parameters:
  ///   - source: The source.
  ///   - mixture: Its mixture file.
  /// - Throws: `badData` with the place in the mixture file, the first records, the fields that they
  ///   have and the nearest name.
  func requireDocuments(
    of source: PlannedSource, in mixture: MixtureFile
  ) throws(CuveeError) {
    let bad = badRecords
    guard counts.documents == 0, bad.count > 0, isWhole || bad.count >= Self.leastRecords,
      BadShareLimit(mixture).isExceeded(by: bad)
    else { return }
    let mark = (isAboutText ? source.source.text?.mark : nil) ?? source.source.format.mark
    var message =
      "\(mixture.place(mark)): \(bad.source): "
      + (isWhole ? "none of its \(bad.records) records" : "none of \(bad.records) records sampled")
      + " gives a document: \(bad.reasonsText)"
    if let missing = missingField {
      let there = missing.present.map { "\"\($0)\"" }.joined(separator: ", ")
      message += "; the field \"\(missing.name)\" is missing, "
      message += there.isEmpty ? "the record has no fields" : "the record has \(there)"
      if let nearest = NearestName.find(missing.name, among: missing.present) {
        message += "; did you mean \"\(nearest)\"?"
      } else {
        message += "; correct the template `text`"
      }
    } else {
      message += "; correct how the source is read, or its paths"
    }
    message += "; the first:"
    for line in bad.examples.prefix(Self.examplesShown) { message += "\n  \(line)" }
    throw .badData(message)
  }
}
