import Bytes
import Documents
import Testing

@Suite struct DocumentBatchTests {
  private func origin(_ record: Int) -> Origin {
    Origin(file: 3, record: UInt64(record), byteOffset: UInt64(record) * 10)
  }

  private func text(_ index: Int, of batch: borrowing DocumentBatch) -> String {
    String(decoding: batch.text[batch.textRange(index)], as: UTF8.self)
  }

  private func id(_ index: Int, of batch: borrowing DocumentBatch) -> String {
    String(decoding: batch.ids[batch.idRange(index)], as: UTF8.self)
  }

  @Test func holdsNothingAtFirst() {
    let batch = DocumentBatch()
    #expect(batch.count == 0)
    #expect(batch.text.isEmpty && batch.ids.isEmpty && batch.badRecords.isEmpty)
  }

  @Test func givesBackWhatWasAppended() {
    let documents = [("one", "1"), ("", "2"), ("zwei ☕", ""), ("", ""), ("five", "five")]
    var batch = DocumentBatch()
    for (index, document) in documents.enumerated() {
      let (text, id) = (Array(document.0.utf8), Array(document.1.utf8))
      batch.append(text: text.span, id: id.span, origin: origin(index))
    }
    #expect(batch.count == documents.count)
    for (index, document) in documents.enumerated() {
      #expect(text(index, of: batch) == document.0)
      #expect(id(index, of: batch) == document.1)
      #expect(batch.origins[index] == origin(index))
      #expect(batch.verdicts[index] == .keep)
    }
    #expect(String(decoding: batch.text, as: UTF8.self) == documents.map(\.0).joined())
  }

  @Test func buildsADocumentOfPieces() {
    var batch = DocumentBatch()
    for piece in ["a", "", "bc"] { batch.appendText(Array(piece.utf8).span) }
    for piece in ["i", "d"] { batch.appendID(Array(piece.utf8).span) }
    batch.endDocument(origin: origin(0))
    batch.endDocument(origin: origin(1))
    #expect(batch.count == 2)
    #expect(text(0, of: batch) == "abc" && id(0, of: batch) == "id")
    #expect(text(1, of: batch) == "" && id(1, of: batch) == "")
  }

  @Test func anAbandonedDocumentLeavesNoTrace() {
    var batch = DocumentBatch()
    batch.abandonDocument()
    batch.appendText(Array("lost".utf8).span)
    batch.appendID(Array("lost".utf8).span)
    batch.abandonDocument()
    #expect(batch.count == 0 && batch.text.isEmpty && batch.ids.isEmpty)
    batch.append(text: Array("kept".utf8).span, id: Array("k".utf8).span, origin: origin(0))
    batch.appendText(Array("lost".utf8).span)
    batch.abandonDocument()
    batch.abandonDocument()
    #expect(batch.count == 1)
    #expect(text(0, of: batch) == "kept" && id(0, of: batch) == "k")
    #expect(batch.text.count == 4 && batch.ids.count == 1)
  }

  @Test func rangesTileTheTextWhateverIsDone() {
    var random = StableRandom(seed: 7, purpose: "batches")
    var batch = DocumentBatch()
    for _ in 0..<50 {
      batch.removeAll()
      var kept: [(text: [UInt8], id: [UInt8])] = []
      for index in 0..<random.below(30) {
        let text = (0..<random.below(20)).map { _ in UInt8(random.below(128)) }
        let id = (0..<random.below(4)).map { _ in UInt8(random.below(128)) }
        let cut = random.below(text.count + 1)
        batch.appendText(text.span.extracting(0..<cut))
        batch.appendText(text.span.extracting(cut..<text.count))
        batch.appendID(id.span)
        if random.below(3) == 0 {
          batch.abandonDocument()
        } else {
          batch.endDocument(origin: origin(index))
          kept.append((text, id))
        }
      }
      #expect(batch.count == kept.count)
      #expect(batch.text == kept.flatMap(\.text))
      #expect(batch.ids == kept.flatMap(\.id))
      for (index, document) in kept.enumerated() {
        #expect(Array(batch.text[batch.textRange(index)]) == document.text)
        #expect(Array(batch.ids[batch.idRange(index)]) == document.id)
      }
    }
  }

  @Test func emptyingForgetsEverything() {
    var batch = DocumentBatch()
    batch.append(text: Array("x".utf8).span, id: Array("y".utf8).span, origin: origin(0))
    batch.verdicts[0] = .drop(reason: 4)
    batch.badRecords.append(
      BadRecord(origin: origin(1), reason: .emptyText, detail: "no text"))
    batch.removeAll()
    #expect(batch.count == 0 && batch.text.isEmpty && batch.ids.isEmpty)
    #expect(batch.origins.isEmpty && batch.verdicts.isEmpty && batch.badRecords.isEmpty)
  }

  // Reports and manifests hold these names: a change is one of the format.
  @Test func reasonsHaveTheirNames() {
    #expect(
      BadRecord.Reason.allCases.map(\.rawValue) == [
        "malformed_json", "not_an_object", "missing_field", "null_field", "wrong_type",
        "invalid_utf8", "too_large", "wrong_field_count", "empty_text",
      ])
  }
}
