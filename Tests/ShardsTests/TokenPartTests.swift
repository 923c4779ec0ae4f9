import Bytes
import Shards
import Testing

@Suite struct TokenPartTests {
  @Test(arguments: [2, 4])
  func readsWhatWasWrittenInBatches(width: Int) throws {
    let folder = try ShardsTestFolder()
    var random = StableRandom(seed: 7, purpose: "token part \(width)")
    var writer = try TokenPartWriter(folder: folder.path, width: width)
    var all: [(entry: TokenisedDocument, tokens: [UInt8], id: [UInt8], edits: [UInt8])] = []
    for _ in 0..<40 {
      var tokens: [UInt8] = []
      var entries: [TokenisedDocument] = []
      var ids: [UInt8] = []
      var edits: [UInt8] = []
      for _ in 0..<random.below(6) {
        let own = (0..<random.below(9) * width).map { _ in UInt8(random.below(256)) }
        let id = (0..<random.below(5)).map { _ in UInt8(random.below(128)) }
        let ownEdits = (0..<random.below(4)).map { _ in UInt8(random.below(256)) }
        var entry = TokenisedDocument()
        entry.editStart = UInt64(edits.count)
        entry.editBytes = UInt32(ownEdits.count)
        entry.tokenStart = UInt64(tokens.count / width)
        entry.tokens = UInt32(own.count / width)
        entry.file = UInt32(random.below(1 << 32))
        entry.record = random.next()
        entry.byteOffset = random.next()
        entry.textHash = Hash128(high: random.next(), low: random.next())
        entry.idStart = UInt64(ids.count)
        entry.idBytes = UInt32(id.count)
        entry.ordinal = UInt32(random.below(1 << 32))
        entries.append(entry)
        tokens += own
        ids += id
        edits += ownEdits
        all.append((entry, own, id, ownEdits))
      }
      try writer.append(documents: entries, ids: ids.span, edits: edits.span)
      // Tokens come in stretches that no document ends with.
      let cut = tokens.count / width / 3 * width
      try writer.append(tokens: tokens.span.extracting(0..<cut))
      try writer.append(tokens: tokens.span.extracting(cut..<tokens.count))
    }
    try writer.finish()
    #expect(writer.documents == UInt64(all.count))
    #expect(writer.tokens == UInt64(all.reduce(0) { $0 + $1.tokens.count } / width))

    let reader = try TokenPartReader(folder: folder.path, width: width)
    #expect(reader.documents == all.count)
    var tokenStart: UInt64 = 0
    var idStart: UInt64 = 0
    var editStart: UInt64 = 0
    var wanted: [TokenisedDocument] = []
    for document in all {
      var entry = document.entry
      entry.tokenStart = tokenStart
      entry.idStart = idStart
      entry.editStart = editStart
      wanted.append(entry)
      tokenStart += UInt64(entry.tokens)
      idStart += UInt64(entry.idBytes)
      editStart += UInt64(entry.editBytes)
    }
    #expect(try reader.documents(0..<all.count) == wanted)
    let stream = all.flatMap(\.tokens)
    for _ in 0..<60 {
      let first = random.below(all.count + 1)
      let end = first + random.below(all.count - first + 1)
      #expect(try reader.documents(first..<end) == Array(wanted[first..<end]))
      guard first < end else { continue }
      var tokens: [UInt8] = [9]
      let count = wanted[first..<end].reduce(0) { $0 + Int($1.tokens) }
      try reader.appendTokens(from: wanted[first].tokenStart, count: count, to: &tokens)
      let start = Int(wanted[first].tokenStart) * width
      #expect(tokens == [9] + stream[start..<start + count * width])
      #expect(try reader.id(of: wanted[first]) == all[first].id)
      #expect(try reader.edits(of: wanted[first]) == all[first].edits)
    }
  }

  @Test func theBytesOfADocumentAreInTheOrderOfItsDescription() {
    var document = TokenisedDocument()
    document.tokenStart = 0x0102_0304_0506_0708
    document.tokens = 0x1112_1314
    document.file = 0x2122_2324
    document.record = 0x3132_3334_3536_3738
    document.byteOffset = 0x4142_4344_4546_4748
    document.textHash = Hash128(high: 0x5152_5354_5556_5758, low: 0x6162_6364_6566_6768)
    document.idStart = 0x7172_7374_7576_7778
    document.idBytes = 0x8182_8384
    document.ordinal = 0x9192_9394
    document.editStart = 0xA1A2_A3A4_A5A6_A7A8
    document.editBytes = 0xB1B2_B3B4
    var bytes: [UInt8] = []
    document.append(to: &bytes)
    #expect(
      bytes
        == ShardsTests.bytes(
          hex: "0807060504030201" + "14131211" + "24232221" + "3837363534333231"
            + "4847464544434241" + "5857565554535251" + "6867666564636261"
            + "7877767574737271" + "84838281" + "94939291" + "a8a7a6a5a4a3a2a1"
            + "b4b3b2b1"))
    #expect(bytes.count == TokenisedDocument.size)
    #expect(TokenisedDocument(bytes.span, at: 0) == document)
  }
}
