import Bytes
import Deduplication
import Documents
import Testing

@Suite struct BarrierFileTests {
  private static let parts = [["a", "b", "a"], ["c", "a", "b", "d", "d", "a", "e"]]

  private static let even = [UInt64](repeating: 1, count: SignatureSlots.count)

  /// Places in a file: all at its ends, where headers, entries and trailers are, and some of the
  /// long tables between.
  private static func places(in bytes: [UInt8]) -> [Int] {
    bytes.indices.filter { $0 < 200 || $0 % 61 == 0 || $0 >= bytes.count - 500 }
  }

  /// Reads everything of the three files of a run, as the stages do.
  private func readAll(_ folder: DeduplicationTestFolder) throws {
    let signatures = try SignatureFileReader(path: folder.file("signatures.1"))
    for bucket in SignatureBucket.all(counts: Self.even, limit: 100) {
      try signatures.forEach(in: bucket, part: 1) { _ in }
    }
    let removals = try RemovalFileReader(path: folder.file("removals.0"))
    var list: [Removal] = []
    for part in 0..<removals.parts { try removals.read(part: part, into: &list) }
    var marks = try MarksFileReader(path: folder.file("marks.1"))
    while try marks.next() != nil {}
  }

  @Test(arguments: ["signatures.1", "removals.0", "marks.1"])
  func filesCutShortAreErrors(name: String) throws {
    let folder = try DeduplicationTestFolder()
    _ = try runBarrier(ExactDuplicates(), parts: Self.parts, in: folder)
    try readAll(folder)
    let whole = try folder.bytes(name)
    for length in Self.places(in: whole) {
      try folder.write(whole.prefix(length), to: name)
      let error = #expect(throws: CuveeError.self) { try readAll(folder) }
      #expect(error?.kind == .badData && error?.message.contains(name) == true)
    }
    try folder.write(whole + [0], to: name)
    #expect(throws: CuveeError.self) { try readAll(folder) }
  }

  @Test(arguments: ["signatures.1", "removals.0", "marks.1"])
  func damagedBytesNeverCrash(name: String) throws {
    let folder = try DeduplicationTestFolder()
    _ = try runBarrier(ExactDuplicates(), parts: Self.parts, in: folder)
    let whole = try folder.bytes(name)
    for index in Self.places(in: whole) {
      for value in [0, 0xFF] as [UInt8] where value != whole[index] {
        var bytes = whole
        bytes[index] = value
        try folder.write(bytes, to: name)
        do { try readAll(folder) } catch { #expect(error is CuveeError) }
      }
    }
  }

  @Test func anotherVersionSaysSo() throws {
    let folder = try DeduplicationTestFolder()
    _ = try runBarrier(ExactDuplicates(), parts: Self.parts, in: folder)
    var bytes = try folder.bytes("marks.1")
    bytes[8] = 2
    try folder.write(bytes, to: "marks.1")
    let error = #expect(throws: CuveeError.self) { try readAll(folder) }
    #expect(error?.message.contains("is a marks file of another version") == true)
  }

  /// Thousands of signatures of one part come back by bucket, in the order of documents in each slot.
  @Test(arguments: [1, 40, 800, 10_000]) func signaturesComeBackByBucket(limit: Int) throws {
    let folder = try DeduplicationTestFolder()
    var random = StableRandom(seed: 1, purpose: "signatures")
    let signatures = (0..<5000).map {
      Signature(
        key: Hash128(high: random.next(), low: random.next()), document: UInt32($0 / 3),
        piece: UInt32($0 % 3))
    }
    var writer = try SignatureFileWriter(path: folder.file("signatures"), runCapacity: 1999)
    try writer.append(signatures)
    #expect(try writer.finish() == 5000)
    #expect(writer.counts.reduce(0, +) == 5000)
    let reader = try SignatureFileReader(path: folder.file("signatures"))
    #expect(reader.count == 5000)
    var places: [[UInt32]] = []
    for bucket in SignatureBucket.all(counts: writer.counts, limit: UInt64(limit)) {
      var found: [BucketMember] = []
      try reader.forEach(in: bucket, part: 7) { found += $0 }
      for member in found {
        // The top 12 bits of the key name the slot.
        #expect(bucket.slots.contains(Int(member.key.high >> 52)) && member.part == 7)
        #expect(signatures[Int(member.document * 3 + member.piece)].key == member.key)
      }
      if bucket.slices == 1 { #expect(UInt64(found.count) == bucket.signatures) }
      places += found.map { [$0.document, $0.piece] }
    }
    #expect(places.count == 5000 && Set(places).count == 5000)
  }

  @Test func aPartWithoutSignaturesIsAFile() throws {
    let folder = try DeduplicationTestFolder()
    let removals = try runBarrier(
      ExactDuplicates(), parts: [[], ["a", "a"], []], in: folder)
    #expect(removals.map(\.count) == [0, 1, 0])
    #expect(try MarksFileReader(path: folder.file("marks.0")).count == 0)
  }

  @Test func missingFilesAreMissing() throws {
    let folder = try DeduplicationTestFolder()
    let error = #expect(throws: CuveeError.self) {
      _ = try MarksFileReader(path: folder.file("none"))
    }
    #expect(error?.kind == .missingInput)
  }
}
