import CSimdJSON
import Documents

/// Why a record gives no document, before it is known which record it is.
struct RecordProblem: Error, Equatable {
  /// The reason under which the record is counted.
  let reason: BadRecord.Reason
  /// What is wrong, in words, on one line.
  let detail: String

  /// Creates a problem.
  init(_ reason: BadRecord.Reason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }

  /// Creates the problem that a status of the JSON parser stands for.
  init(status: cuvee_json_status) {
    reason = status == CUVEE_JSON_INVALID_UTF8 ? .invalidUTF8 : .malformedJSON
    detail =
      switch status {
      case CUVEE_JSON_NO_MEMORY: "not enough memory to parse it"
      case CUVEE_JSON_TOO_DEEP: "nested deeper than 1,024 levels"
      case CUVEE_JSON_BAD_STRING: "a string has an invalid escape or half a surrogate pair"
      case CUVEE_JSON_BAD_NUMBER: "a number is malformed or does not fit 64 bits"
      case CUVEE_JSON_BAD_LITERAL: "a word is not true, false or null"
      case CUVEE_JSON_INVALID_UTF8: "not valid UTF-8"
      case CUVEE_JSON_EMPTY: "there is nothing in it"
      case CUVEE_JSON_CONTROL_IN_STRING: "a string holds a control character that is not escaped"
      case CUVEE_JSON_OPEN_STRING: "a string is not closed; the record may be cut off"
      default: "a comma, colon, bracket or value is missing or superfluous, or it is cut off"
      }
  }

  /// A record is larger than the limit of its batch.
  static func tooLarge(_ records: borrowing RecordBatch) -> RecordProblem {
    guard let limit = records.recordLimit else {
      return RecordProblem(.tooLarge, "larger than the limit on records")
    }
    let size = limit % (1 << 20) == 0 ? "\(limit >> 20) MiB" : "\(limit) bytes"
    return RecordProblem(.tooLarge, "larger than the limit on records, \(size)")
  }
  /// The record's text is empty.
  static let emptyText = RecordProblem(.emptyText, "the text has no characters")
}

extension DocumentBatch {
  /// Counts a record as bad and throws away what was built of its document.
  mutating func reject(_ origin: Origin, _ problem: RecordProblem) {
    abandonDocument()
    badRecords.append(
      BadRecord(origin: origin, reason: problem.reason, detail: problem.detail))
  }

  /// The number of bytes of text of the document that is being built.
  var openTextCount: Int { text.count - (textEnds.last ?? 0) }
}
