import Bytes
import Documents
import Readers

/// Reads bytes as a file of a format, and checks what must hold whatever they are.
struct RecordReading: Sendable {
  /// A document as it is compared.
  struct Document: Equatable {
    var text: [UInt8]
    var id: [UInt8]
    var origin: Origin
  }

  /// What one reading gave.
  struct Outcome: Equatable {
    var documents: [Document] = []
    var badRecords: [BadRecord] = []
    var error: String?
  }

  /// Small enough that inputs go past it.
  private static let limit = 1500

  private let file = ScratchFile()
  private let format: any RecordFormat

  init(_ format: String, _ settings: ReaderSettings = ReaderSettings()) {
    guard let type = RecordFormats.named(format), let made = try? type.init(settings: settings)
    else { fatalError("no format \(format)") }
    self.format = made
  }

  /// Checks that records are documents or bad records, that text is UTF-8, that batches make no
  /// difference, and that stored text is read back.
  func check(_ bytes: [UInt8]) {
    file.write(bytes)
    let whole = read(batchBytes: 1 << 20)
    let pieces = read(batchBytes: 40)
    require(whole.error == pieces.error, "\(whole.error ?? "") | \(pieces.error ?? "")")
    if whole.error != nil { return }
    require(whole == pieces, "batches make a difference: \(whole) | \(pieces)")
    let records = whole.documents.count + whole.badRecords.count
    // Of a file that is one record, only the file itself knows how many documents it has.
    let isCounted = format.framing == .wholeFile || records == lineCount(bytes)
    require(isCounted, "\(records) records")
    for document in whole.documents {
      require(!document.text.isEmpty, "an empty text")
      let isText = String(validating: document.text, as: UTF8.self) != nil
      require(isText && String(validating: document.id, as: UTF8.self) != nil, "not UTF-8")
    }
    for bad in whole.badRecords {
      require(!bad.detail.isEmpty && !bad.detail.contains("\n"), "detail: \(bad.detail)")
    }
  }

  private func read(batchBytes: Int) -> Outcome {
    var outcome = Outcome()
    var reader = RecordBatchReader(
      files: [SourceFile(path: file.path, displayPath: "fuzz", ordinal: 0)],
      framing: format.framing, batchBytes: batchBytes, maximumRecordBytes: Self.limit)
    let parser = format.makeParser()
    var batch = RecordBatch()
    var documents = DocumentBatch()
    var stored: [UInt8] = []
    do throws(CuveeError) {
      while try reader.next(into: &batch) {
        documents.removeAll()
        parser.parse(&batch, into: &documents)
        let before = outcome.documents.count
        append(documents, to: &outcome.documents)
        outcome.badRecords += documents.badRecords
        stored.removeAll()
        _ = try StoredBatch.append(documents, to: &stored)
        try checkStored(stored, Array(outcome.documents[before...]))
      }
    } catch {
      outcome.error = error.message
      require(error.message.hasPrefix("fuzz: "), error.message)
    }
    return outcome
  }

  private func checkStored(_ stored: [UInt8], _ expected: [Document]) throws(CuveeError) {
    var documents = DocumentBatch()
    try StoredBatch.read(stored.span, into: &documents)
    var found: [Document] = []
    append(documents, to: &found)
    require(found == expected, "stored documents: \(found) | \(expected)")
  }

  private func append(_ batch: borrowing DocumentBatch, to documents: inout [Document]) {
    for index in 0..<batch.count {
      documents.append(
        Document(
          text: Array(batch.text[batch.textRange(index)]),
          id: Array(batch.ids[batch.idRange(index)]), origin: batch.origins[index]))
    }
  }

  /// Lines that are not blank, by the plainest reading.
  private func lineCount(_ bytes: [UInt8]) -> Int {
    bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0).split(separator: 0x0A)
      .count { line in line.contains { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D } }
  }
}
