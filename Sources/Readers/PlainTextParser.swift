import Documents

/// Takes each record as the text of one document.
final class PlainTextParser: RecordParser {
  private let namesAreIDs: Bool

  /// Creates a parser whose documents have their file's name as id, or an empty id.
  init(namesAreIDs: Bool) { self.namesAreIDs = namesAreIDs }

  func parse(_ records: inout RecordBatch, into documents: inout DocumentBatch) {
    for record in records.records {
      do throws(RecordProblem) {
        if record.tooLarge { throw .tooLarge(records) }
        if record.range.isEmpty { throw .emptyText }
        let text = records.bytes.span.extracting(record.range)
        try UTF8Check.require(text)
        documents.appendText(text)
        if namesAreIDs {
          let name = Array(records.fileNames[record.fileName].utf8)
          documents.appendID(name.span)
        }
        documents.endDocument(origin: record.origin)
      } catch {
        documents.reject(record.origin, error)
      }
    }
  }
}
