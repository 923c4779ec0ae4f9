import Bytes
import TestSupport
import Testing

@testable import Documents

@Suite struct StoredBatchTests {
  /// A document with all that a batch can hold of it.
  private struct Document: Equatable {
    var text: [UInt8]
    var id: [UInt8]
    var url: [UInt8]
    var timestamp: [UInt8]
    var file: UInt32
    var record: UInt64
    var byteOffset: UInt64
    var edits: [String]
    var isKept = true
  }

  private static func random(_ generator: inout SeededGenerator) -> [Document] {
    let (hasURLs, hasEdits) = (generator.below(2) == 0, generator.below(2) == 0)
    func text(_ limit: Int) -> [UInt8] {
      Array(
        String(
          (0..<generator.below(limit)).map { _ in ["a", "é", "\n", "\"", "☕"][generator.below(5)] }
            .joined()
        ).utf8)
    }
    return (0..<generator.below(40)).map { _ in
      let content = text(30)
      return Document(
        text: content, id: text(6), url: hasURLs ? text(9) : [],
        timestamp: hasURLs ? text(4) : [], file: UInt32(truncatingIfNeeded: generator.next()),
        record: generator.next(), byteOffset: generator.next(),
        edits: hasEdits && !content.isEmpty && generator.below(3) == 0 ? ["x", ""] : [],
        isKept: generator.below(4) > 0)
    }
  }

  private static func fill(_ batch: inout DocumentBatch, _ documents: [Document]) {
    for (index, document) in documents.enumerated() {
      batch.appendText(document.text.span)
      batch.appendID(document.id.span)
      batch.appendURL(document.url.span)
      batch.appendTimestamp(document.timestamp.span)
      if !document.edits.isEmpty {
        batch.edits.append(
          of: index,
          document.edits.enumerated().map { ($0 * 3, 1, Array($1.utf8)) })
      }
      batch.endDocument(
        origin: Origin(
          file: document.file, record: document.record, byteOffset: document.byteOffset))
      if !document.isKept { batch.verdicts[index] = .drop(reason: 1) }
    }
  }

  private static func documents(of batch: borrowing DocumentBatch) -> [Document] {
    (0..<batch.count).map { index in
      let origin = batch.origins[index]
      return Document(
        text: Array(batch.text[batch.textRange(index)]), id: Array(batch.ids[batch.idRange(index)]),
        url: Array(batch.urls.bytes[batch.urls.range(index)]),
        timestamp: Array(batch.timestamps.bytes[batch.timestamps.range(index)]), file: origin.file,
        record: origin.record, byteOffset: origin.byteOffset,
        edits: batch.edits.edits[batch.edits.range(of: index)].map {
          String(decoding: batch.edits.replacements[$0.replacement], as: UTF8.self)
        })
    }
  }

  @Test func readsTheKeptDocumentsBack() throws {
    var generator = SeededGenerator(seed: 3)
    // The batch is used again, as workers do.
    var read = DocumentBatch()
    for _ in 0..<300 {
      let documents = Self.random(&generator)
      var batch = DocumentBatch()
      Self.fill(&batch, documents)
      var bytes: [UInt8] = []
      let (count, textBytes) = try StoredBatch.append(batch, to: &bytes)
      let kept = documents.filter(\.isKept)
      #expect(count == kept.count)
      #expect(textBytes == kept.reduce(0) { $0 + $1.text.count })
      try StoredBatch.read(bytes.span, into: &read)
      #expect(Self.documents(of: read) == kept)
      #expect((0..<read.count).allSatisfy { read.verdicts[$0] == .keep })
    }
  }

  /// Columns cut short are refused; a changed byte is refused or gives some documents, and never a
  /// trap: every range that comes out lies in the bytes.
  @Test func damageIsRefusedOrHarmless() throws {
    var generator = SeededGenerator(seed: 4)
    var read = DocumentBatch()
    for _ in 0..<20 {
      var batch = DocumentBatch()
      Self.fill(&batch, Self.random(&generator))
      var bytes: [UInt8] = []
      _ = try StoredBatch.append(batch, to: &bytes)
      for length in 0..<bytes.count {
        let cut = Array(bytes.prefix(length))
        #expect(throws: CuveeError.self) { try StoredBatch.read(cut.span, into: &read) }
        #expect(read.count == 0)
      }
      for place in bytes.indices {
        var changed = bytes
        changed[place] ^= 1 << UInt8(generator.below(8))
        try? StoredBatch.read(changed.span, into: &read)
        _ = Self.documents(of: read)
      }
    }
  }
}
