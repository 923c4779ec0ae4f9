import Bytes
import Deduplication
import Documents
import Testing

@Suite struct MarksFileTests {
  @Test(arguments: [1, 2, 7, 100]) func marksFollowTheBatches(size: Int) throws {
    let folder = try DeduplicationTestFolder()
    let texts = ["a", "b", "a", "c", "b", "b", "d", "a"]
    _ = try runBarrier(ExactDuplicates(), parts: [texts], in: folder)
    var marks = try MarksFileReader(path: folder.file("marks.0"))
    var verdicts: [Verdict] = []
    try batches(of: texts, size: size) { batch, first in
      if first == 0 { batch.verdicts[0] = .drop(reason: 9) }
      try marks.mark(&batch, firstDocument: first, reason: 5)
      verdicts += batch.verdicts
    }
    let (keep, drop) = (Verdict.keep, Verdict.drop(reason: 5))
    #expect(verdicts == [.drop(reason: 9), keep, drop, keep, drop, drop, keep, drop])
  }

  @Test func marksOfOtherDocumentsAreAnError() throws {
    let folder = try DeduplicationTestFolder()
    _ = try runBarrier(ExactDuplicates(), parts: [["a", "a", "b"]], in: folder)
    var marks = try MarksFileReader(path: folder.file("marks.0"))
    batches(of: ["x"], size: 1) { batch, _ in
      #expect(throws: CuveeError.self) {
        try marks.mark(&batch, firstDocument: 2, reason: 0)
      }
    }
  }

  /// SHA-256 from Python's hashlib of `struct.pack("<IIII", 1, 0, 5, 2)`.
  @Test func theDigestIsOfWhatGoesOnly() throws {
    let folder = try DeduplicationTestFolder()
    let one = [
      Removal(document: 1, kept: DocumentPlace(part: 0, document: 0)),
      Removal(document: 5, piece: 2, kept: DocumentPlace(part: 3, document: 1)),
    ]
    let other = one.map {
      Removal(
        document: $0.document, piece: $0.piece, kept: DocumentPlace(part: 9, document: 9))
    }
    let digest = try MarksFileWriter.write(one, to: folder.file("marks"))
    #expect(digest.hex == "11f0bf6ef0491c4438fbe804c6a3023090a6a942d47445deaec2f6f9bd87ccc0")
    #expect(MarksFileWriter.digest(of: other) == digest)
    let reader = try MarksFileReader(path: folder.file("marks"))
    #expect(reader.digest == digest && reader.count == 2)
  }

  /// More removals than a reader holds at a time.
  @Test func longListsComeBack() throws {
    let folder = try DeduplicationTestFolder()
    let removals = (0..<10_000).map {
      Removal(document: UInt32($0 * 3), kept: DocumentPlace(part: 1, document: UInt32($0)))
    }
    try MarksFileWriter.write(removals, to: folder.file("marks"))
    var reader = try MarksFileReader(path: folder.file("marks"))
    var back: [Removal] = []
    while let removal = try reader.next() { back.append(removal) }
    #expect(back == removals)
  }

  /// A document found in several buckets goes once, for the document of highest priority.
  @Test func severalFindingsOfADocumentAreOne() throws {
    let folder = try DeduplicationTestFolder()
    for (bucket, kept) in [2, 0].enumerated() {
      var file = try RemovalFileWriter(path: folder.file("removals.\(bucket)"))
      let place = DocumentPlace(part: UInt32(kept), document: 8)
      for removals in [[], [Removal(document: 4, kept: place)], []] { try file.append(removals) }
      try file.finish()
    }
    let gathered = try MarksFileWriter.gather(
      part: 1, from: [folder.file("removals.0"), folder.file("removals.1")])
    #expect(gathered == [Removal(document: 4, kept: DocumentPlace(part: 0, document: 8))])
  }
}
