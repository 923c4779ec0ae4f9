import Bytes
import Deduplication
import Documents
import Testing

@Suite struct BarrierFileTests {
  private static let parts = [["a", "b", "a"], ["c", "a", "b", "d", "d", "a", "e"]]

  /// Reads everything of the three files of a run, as the stages do.
  private func readAll(_ folder: DeduplicationTestFolder) throws {
    let signatures = try SignatureFileReader(path: folder.file("signatures.1"))
    var members: [BucketMember] = []
    for bucket in 0..<signatures.buckets {
      try signatures.read(bucket: bucket, part: 1, into: &members)
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
    _ = try runBarrier(ExactDuplicates(), parts: Self.parts, buckets: 1, in: folder)
    try readAll(folder)
    let whole = try folder.bytes(name)
    for length in 0..<whole.count {
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
    _ = try runBarrier(ExactDuplicates(), parts: Self.parts, buckets: 1, in: folder)
    let whole = try folder.bytes(name)
    for index in whole.indices {
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
    _ = try runBarrier(ExactDuplicates(), parts: Self.parts, buckets: 1, in: folder)
    var bytes = try folder.bytes("marks.1")
    bytes[8] = 2
    try folder.write(bytes, to: "marks.1")
    let error = #expect(throws: CuveeError.self) { try readAll(folder) }
    #expect(error?.message.contains("is a marks file of another version") == true)
  }

  /// Thousands of signatures of one part come back by bucket, in the order of documents.
  @Test(arguments: [1, 8, 1024]) func signaturesComeBackByBucket(buckets: Int) throws {
    let folder = try DeduplicationTestFolder()
    var random = StableRandom(seed: 1, purpose: "signatures")
    let signatures = (0..<5000).map {
      Signature(
        key: Hash128(high: random.next(), low: random.next()), document: UInt32($0 / 3),
        piece: UInt32($0 % 3))
    }
    var writer = try SignatureFileWriter(
      path: folder.file("signatures"), buckets: buckets, runCapacity: 1999)
    try writer.append(signatures)
    #expect(try writer.finish() == 5000)
    let reader = try SignatureFileReader(path: folder.file("signatures"))
    #expect(reader.buckets == buckets && reader.count == 5000)
    var total = 0
    for bucket in 0..<buckets {
      var members: [BucketMember] = []
      try reader.read(bucket: bucket, part: 7, into: &members)
      let wanted = signatures.filter { (Int($0.key.high >> 44) * buckets) >> 20 == bucket }
      #expect(
        members
          == wanted.map {
            BucketMember(key: $0.key, part: 7, document: $0.document, piece: $0.piece)
          })
      total += members.count
    }
    #expect(total == 5000)
  }

  @Test func aPartWithoutSignaturesIsAFile() throws {
    let folder = try DeduplicationTestFolder()
    let removals = try runBarrier(
      ExactDuplicates(), parts: [[], ["a", "a"], []], buckets: 2, in: folder)
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
