import Bytes
import Declarations
import Deduplication
import Documents
import Testing

@Suite struct SignatureBucketTests {
  private static let slots = SignatureSlots.count

  /// Signatures of random keys, with a few keys that occur often.
  private func counts(_ ordinal: Int) -> (counts: [UInt64], limit: UInt64) {
    var random = StableRandom(seed: UInt64(ordinal), purpose: "slots")
    let scale = [1, 3, 50, 2000][ordinal % 4]
    var counts = (0..<Self.slots).map { _ in UInt64(random.below(scale)) }
    for _ in 0..<random.below(5) { counts[random.below(Self.slots)] = 1_000_000 }
    return (counts, UInt64([1, 40, 300, 5000][ordinal / 4 % 4]))
  }

  /// Every slot is in one bucket, in order; what is over the limit is one slot alone.
  @Test(arguments: 0..<32) func bucketsStayBelowTheLimit(ordinal: Int) {
    let (counts, limit) = counts(ordinal)
    let buckets = SignatureBucket.all(counts: counts, limit: limit)
    var next = 0
    for bucket in buckets {
      #expect(bucket.slots.lowerBound == (bucket.slice == 0 ? next : next - 1))
      next = bucket.slots.upperBound
      let counted = counts[bucket.slots].reduce(0, +)
      if bucket.slots.count > 1 { #expect(counted <= limit && bucket.slices == 1) }
      if bucket.slices == 1 { #expect(bucket.signatures == counted) }
      if counted > limit, counted < 1_000_000 {
        #expect(bucket.signatures <= limit, "a slot with many keys is cut")
      }
    }
    #expect(next == Self.slots)
    // No two neighbours would fit into one: there are not many more than need be.
    for (first, second) in zip(buckets, buckets.dropFirst())
    where first.slices == 1 && second.slices == 1 {
      let both = first.slots.lowerBound..<second.slots.upperBound
      let head = counts[first.slots].reduce(0, +) + counts[second.slots.lowerBound]
      #expect(head > limit, "\(both)")
    }
  }

  @Test func aFrequentKeyDoesNotCutItsSlot() throws {
    var counts = [UInt64](repeating: 2, count: Self.slots)
    counts[77] = 1 << 40
    let buckets = SignatureBucket.all(counts: counts, limit: 1000)
    let large = try #require(buckets.first { $0.slots.contains(77) })
    #expect(large.slots == 77..<78 && large.slices == 1)
    #expect(SignatureBucket.all(counts: counts, limit: 0).allSatisfy { $0.slots.count == 1 })
  }

  /// Lines give many signatures a document: the buckets are sized by them.
  @Test(arguments: [64, 500, 5000]) func bucketsOfLinesStayBelowTheLimit(limit: Int) throws {
    let folder = try DeduplicationTestFolder()
    // Three documents of 2,000 different lines each.
    let texts = (0..<3).map { document in
      (0..<2000).map { "line \($0) of document \(document)" }.joined(separator: "\n")
    }
    var writer = try SignatureFileWriter(path: folder.file("signatures"))
    var signatures: [Signature] = []
    batches(of: texts, size: 3) { batch, first in
      DuplicateLines().sign(batch, firstDocument: first, into: &signatures)
    }
    try writer.append(signatures)
    #expect(try writer.finish() == 6000)
    let reader = try SignatureFileReader(path: folder.file("signatures"))
    let buckets = SignatureBucket.all(counts: writer.counts, limit: UInt64(limit))
    #expect(buckets.count >= 6000 / limit)
    var total = 0
    for bucket in buckets {
      var members = 0
      try reader.forEach(in: bucket, part: 0) { members += $0.count }
      #expect(members <= limit)
      total += members
    }
    #expect(total == 6000)
  }

  /// A key that is most of the corpus: bounded memory, and the same removals.
  @Test(arguments: [KeepRule.first, .newest]) func frequentKeysAreGoneOverTwice(keep: KeepRule)
    throws
  {
    var random = StableRandom(seed: 3, purpose: "frequent")
    let parts = (0..<5).map { _ in
      (0..<400).map { _ in random.below(4) > 0 ? "often" : "text \(random.below(300))" }
    }
    let folder = try DeduplicationTestFolder()
    var signatures: [[Signature]] = []
    var counts = [UInt64](repeating: 0, count: Self.slots)
    for (part, texts) in parts.enumerated() {
      var list: [Signature] = []
      batches(of: texts, size: 7) { batch, first in
        ExactDuplicates().sign(batch, firstDocument: first, into: &list)
      }
      // A rank of its own for each, as times would give it.
      if keep == .newest { for index in list.indices { list[index].rank = random.next() % 50 } }
      var writer = try SignatureFileWriter(path: folder.file("s\(part)"), runCapacity: 90)
      try writer.append(list)
      _ = try writer.finish()
      for (slot, count) in writer.counts.enumerated() { counts[slot] += count }
      signatures.append(list)
    }
    // What a table says: of each text the smallest rank, then part, then document stays.
    var best: [String: (UInt64, Int, UInt32)] = [:]
    for (part, list) in signatures.enumerated() {
      for signature in list {
        let text = parts[part][Int(signature.document)]
        let place = (signature.rank, part, signature.document)
        if best[text].map({ place < $0 }) ?? true { best[text] = place }
      }
    }
    let wanted = signatures.enumerated().map { part, list in
      list.compactMap { signature -> Removal? in
        guard let kept = best[parts[part][Int(signature.document)]] else { return nil }
        if (kept.1, kept.2) == (part, signature.document) { return nil }
        return Removal(
          document: signature.document,
          kept: DocumentPlace(part: UInt32(kept.1), document: kept.2))
      }
    }
    let files = parts.indices.map { folder.file("s\($0)") }
    for limit in [1, 10, 100, 10_000] {
      let buckets = SignatureBucket.all(counts: counts, limit: UInt64(limit))
      var removals: UInt64 = 0
      for (ordinal, bucket) in buckets.enumerated() {
        var resolver = BucketResolver(limit: limit)
        removals += try resolver.resolve(
          bucket, signatureFiles: files, output: folder.file("r\(ordinal)"))
      }
      let found = try parts.indices.map { part in
        try MarksFileWriter.gather(part: part, from: buckets.indices.map { folder.file("r\($0)") })
      }
      #expect(found == wanted, "limit \(limit)")
      #expect(removals == UInt64(wanted.joined().count))
    }
  }

  /// A corpus whose slots are all too large: slices of slots, each key in one of them.
  @Test func slicesPartAllKeys() throws {
    let folder = try DeduplicationTestFolder()
    var random = StableRandom(seed: 9, purpose: "slices")
    let signatures = (0..<3000).map {
      Signature(
        key: Hash128(high: (5 << 52) | (random.next() >> 12), low: 0), document: UInt32($0))
    }
    var writer = try SignatureFileWriter(path: folder.file("s"))
    try writer.append(signatures)
    _ = try writer.finish()
    // As though all slots had as many.
    let counts = [UInt64](repeating: 3000, count: Self.slots)
    let buckets = SignatureBucket.all(counts: counts, limit: 400).filter { $0.slots.contains(5) }
    #expect(buckets.count == 16)
    let reader = try SignatureFileReader(path: folder.file("s"))
    var seen: [UInt32] = []
    for bucket in buckets {
      var documents: [UInt32] = []
      try reader.forEach(in: bucket, part: 0) { documents += $0.map(\.document) }
      #expect(documents.count <= 400)
      seen += documents
    }
    #expect(seen.sorted() == Array(0..<3000))
  }
}
