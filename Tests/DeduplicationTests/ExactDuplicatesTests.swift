import Bytes
import Deduplication
import Documents
import Testing

@Suite struct ExactDuplicatesTests {
  /// Parts of texts with many duplicates, within and across parts.
  private func randomParts(_ ordinal: Int) -> [[String]] {
    var random = StableRandom(seed: UInt64(ordinal), purpose: "parts")
    let variety = [1, 5, 40][ordinal % 3]
    return (0..<1 + random.below(5)).map { _ in
      (0..<random.below(30)).map { _ in "text \(random.below(variety))" }
    }
  }

  /// The first occurrence of each text stays; one table over everything, as a reader would do it.
  private func expected(_ parts: [[String]]) -> [[Removal]] {
    var kept: [String: DocumentPlace] = [:]
    return parts.enumerated().map { part, texts in
      texts.enumerated().compactMap { document, text in
        if let place = kept[text] { return Removal(document: UInt32(document), kept: place) }
        kept[text] = DocumentPlace(part: UInt32(part), document: UInt32(document))
        return nil
      }
    }
  }

  @Test(arguments: 0..<24) func bucketsBatchesAndRunsNeverChangeTheRemovals(ordinal: Int) throws {
    let parts = randomParts(ordinal)
    let wanted = expected(parts)
    var marks: [[UInt8]]?
    for (limit, batchSize, runCapacity) in [(1000, 100, 1000), (1, 1, 1), (2, 3, 5), (7, 7, 4)] {
      let folder = try DeduplicationTestFolder()
      let removals = try runBarrier(
        ExactDuplicates(), parts: parts, limit: limit, batchSize: batchSize,
        runCapacity: runCapacity, in: folder)
      #expect(removals == wanted)
      let bytes = try parts.indices.map { try folder.bytes("marks.\($0)") }
      #expect(marks == nil || marks == bytes)
      marks = bytes
    }
  }

  @Test func theOrderOfPartsIsThePriority() throws {
    let folder = try DeduplicationTestFolder()
    let (a, b) = (["x", "y"], ["y", "z", "x"])
    let first = try runBarrier(ExactDuplicates(), parts: [a, b], in: folder)
    #expect(
      first == [
        [],
        [
          Removal(document: 0, kept: DocumentPlace(part: 0, document: 1)),
          Removal(document: 2, kept: DocumentPlace(part: 0, document: 0)),
        ],
      ])
    let second = try runBarrier(ExactDuplicates(), parts: [b, a], in: folder)
    #expect(
      second == [
        [],
        [
          Removal(document: 0, kept: DocumentPlace(part: 0, document: 2)),
          Removal(document: 1, kept: DocumentPlace(part: 0, document: 0)),
        ],
      ])
  }

  /// Keys from libxxhash's `XXH3_128bits`, called by Python.
  @Test func keysAreXXH3In128Bits() {
    var signatures: [Signature] = []
    batches(
      of: ["a", "The quick brown fox jumps over the lazy dog", "é\n"], size: 10
    ) { batch, first in
      ExactDuplicates().sign(batch, firstDocument: first + 100, into: &signatures)
    }
    #expect(
      signatures == [
        Signature(
          key: Hash128(high: 0xa96f_af70_5af1_6834, low: 0xe6c6_32b6_1e96_4e1f), document: 100),
        Signature(
          key: Hash128(high: 0xddd6_5020_5ca3_e7fa, low: 0x24a1_cc2e_3a8a_7651), document: 101),
        Signature(
          key: Hash128(high: 0x9b04_8a8c_7ff0_224a, low: 0xfb34_3100_e74c_fa25), document: 102),
      ])
  }

  @Test func droppedDocumentsGiveNoKey() {
    var signatures: [Signature] = []
    batches(of: ["a", "a", "b"], size: 10) { batch, first in
      batch.verdicts[0] = .drop(reason: 3)
      ExactDuplicates().sign(batch, firstDocument: first, into: &signatures)
    }
    #expect(signatures.map(\.document) == [1, 2])
  }

  @Test func piecesOfDocumentsGoThroughTheSameFrame() throws {
    let folder = try DeduplicationTestFolder()
    let removals = try runBarrier(
      RepeatedLines(), parts: [["one\ntwo\none"], ["two", "three\none"]], in: folder)
    let kept = DocumentPlace(part: 0, document: 0)
    #expect(
      removals == [
        [Removal(document: 0, piece: 2, kept: kept)],
        [
          Removal(document: 0, piece: 0, kept: kept),
          Removal(document: 1, piece: 1, kept: kept),
        ],
      ])
  }
}
