import Bytes
import Testing

@testable import Tokenizers

/// The encoders of SentencePiece's models against what defines their ids: one search over all of a text.
struct SentencePieceEncoderTests {
  /// Texts of words, of which many come again, in several scripts and with runs of white space.
  private static func texts(_ purpose: String, longest: Int) -> [[UInt8]] {
    var random = StableRandom(seed: 1, purpose: purpose)
    let pieces = [
      "the", " the", "barrel", " cellar", "s", "ing ", "é", "ação ", "中文", "字", "😀", "1998", "-",
      "  ", " ", "\n", "\t", "\u{2581}", "a\u{301}", "xqz", "0", "Straße", "\u{ff21}", "\u{0}",
    ]
    return [0, 1, 2, 3, 7, 64, 65, 300, longest].flatMap { count in
      (0..<4).map { _ in
        Array((0..<count).map { _ in pieces[random.below(pieces.count)] }.joined().utf8)
      }
    }
  }

  @Test("text is cut where no token holds both neighbours, whatever fits into a window")
  func cuts() throws {
    var joins = JoinTable()
    for token in ["the", " the", "he b", "ção", "中文", "19", "--"] {
      joins.add(Array(token.utf8).span)
    }
    for text in Self.texts("cuts", longest: 2_000) {
      var wanted: [Int] = []
      var place = 0
      while place < text.count {
        place = joins.partEnd(in: text.span, from: place)
        wanted.append(place)
      }
      for limit in [1, 5, 100] {
        var found: [Int] = []
        var start = 0
        var ends = [UInt32](repeating: 0, count: limit + JoinTable.slack)
        while start < text.count {
          let rest = text.span.extracting(start..<text.count)
          var (end, count) = (0, 0)
          var output = ends.mutableSpan
          joins.cut(rest, from: &end, into: &output, count: &count, limit: limit, reach: 1 << 30)
          found += ends[..<count].map { start + Int($0) }
          start += end
        }
        #expect(found == wanted)
      }
      // Nothing beyond the reach.
      var (end, count) = (0, 0)
      var ends = [UInt32](repeating: 0, count: 100 + JoinTable.slack)
      var output = ends.mutableSpan
      joins.cut(text.span, from: &end, into: &output, count: &count, limit: 100, reach: 10)
      #expect(end == wanted.last { $0 <= 10 } ?? 0)
    }
  }

  @Test("words merge to what all of the text does")
  func characterPairs() throws {
    for (file, scope) in [
      ("sp-bpe/tokenizer.model", MergeTables.Scope.none),
      ("metaspace-style/tokenizer.json", .ascii),
    ] {
      let model = try characterModel(try TokenizerFixtures.load(file).tokenizer)
      // User-defined pieces are nothing for the kernels.
      #expect(model.tables.scope == scope)
      expectWholeMerges(model)
    }
  }

  /// Its runs of spaces have one score, so which merges first is their place alone.
  @Test(
    "words of Llama 2 merge to what all of the text does",
    .enabled(if: TokenizerFixtures.realData != nil, "CUVEE_TESTDATA is not set"))
  func llama2() throws {
    let folders = [TokenizerFixtures.realData].compactMap { $0 }
    let model = try characterModel(
      try TokenizerCatalogue.find("llama2", searchFolders: folders).tokenizer)
    #expect(model.tables.scope == .ascii)
    #expect(model.tables.tiedCount > 0)
    expectWholeMerges(model)
  }

  private func characterModel(_ tokenizer: any Tokenizer) throws -> CharacterPairModel {
    if let tokenizer = tokenizer as? SentencePieceTokenizer,
      case .pairs(let model) = tokenizer.model
    {
      return model
    }
    guard let tokenizer = tokenizer as? ComposedTokenizer,
      case .characters(let model) = tokenizer.model
    else { throw NotThatModel() }
    return model
  }

  private func expectWholeMerges(_ model: CharacterPairModel) {
    for budget in [1, BytePairTokenizer.defaultCacheBudget] {
      var encoder = CharacterPairEncoder(model, cacheBudget: budget)
      for text in Self.texts("pairs", longest: 5_000) {
        var ids: [UInt32] = [7]
        encoder.encode(text.span, into: &ids)
        #expect(ids == [7] + wholeMerge(text, model))
      }
    }
  }

  private func wholeMerge(_ text: [UInt8], _ model: CharacterPairModel) -> [UInt32] {
    var symbols: [UInt32] = []
    var index = 0
    while index < text.count {
      if let found = model.userDefined.longest(text.span, at: index) {
        symbols.append(CharacterPairModel.character | CharacterPairModel.frozen | found.value)
        index += found.length
      } else {
        let (symbol, length) = model.symbol(in: text.span, at: index)
        symbols.append(symbol)
        index += length
      }
    }
    var heap = HeapMerger()
    heap.merge(&symbols, pairs: model.pairs)
    var ids: [UInt32] = []
    for symbol in symbols { model.append(symbol, to: &ids, from: 0) }
    return ids
  }

  /// The longest text brings sums beyond the number at which SentencePiece starts them again.
  @Test("remembered words are what the search over all of the text finds")
  func unigram() throws {
    let loaded = try TokenizerFixtures.load("sp-unigram/tokenizer.model")
    let tokenizer = try #require(loaded.tokenizer as? SentencePieceTokenizer)
    guard case .unigram(let model) = tokenizer.model else { throw NotThatModel() }
    for budget in [1, BytePairTokenizer.defaultCacheBudget] {
      var encoder = UnigramEncoder(model, cacheBudget: budget)
      for text in Self.texts("unigram", longest: 20_000) {
        var prepared: [UInt8] = []
        tokenizer.normalizer.append(text.span, to: &prepared)
        var lattice = UnigramLattice(model)
        var sum: Float = 0
        _ = lattice.findPath(prepared.span, &sum)
        var wanted: [UInt32] = [7]
        for id in lattice.path { append(id, model, to: &wanted) }
        var ids: [UInt32] = [7]
        encoder.encode(prepared.span, into: &ids)
        #expect(ids == wanted)
      }
    }
  }

  private func append(_ id: UInt32, _ model: UnigramModel, to ids: inout [UInt32]) {
    guard id & CharacterPairModel.character != 0 else { return ids.append(id) }
    if let bytes = model.unknown.bytes {
      let scalar = Unicode.Scalar(id & ~CharacterPairModel.character).map(String.init) ?? ""
      for byte in scalar.utf8 { ids.append(bytes[Int(byte)]) }
    } else if let unknown = model.unknown.id, ids.count == 1 || ids.last != unknown {
      ids.append(unknown)
    }
  }

  private struct NotThatModel: Error {}

  /// The ids follow from the merges in their order: "▁ a" before "a b" before "▁ ▁".
  @Test(
    "marks for spaces are taken back where nothing else depends on them",
    arguments: [
      ("a b", [4, 1, 3]), ("ab", [4, 3]), ("b ab", [1, 3, 4, 3]), ("  a", [6, 4]),
      ("\u{2581}a", [1, 4]), ("cab", [1, 7, 5]), ("", []),
    ] as [(String, [UInt32])])
  func spaceMarks(text: String, ids: [UInt32]) throws {
    for addsSpace in [false, true] {
      // A token with a space keeps the marks; it is never found, as no text has one.
      let space = addsSpace ? #", " ": 8"# : ""
      let file = """
        {"normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "\u{2581}"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "\u{2581}"}]},
         "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "\u{2581}"}, "content": " "},
            {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
         "model": {"type": "BPE", "unk_token": "<unk>",
           "vocab": {"<unk>": 0, "\u{2581}": 1, "a": 2, "b": 3, "\u{2581}a": 4, "ab": 5,
                     "\u{2581}\u{2581}": 6, "c": 7\(space)},
           "merges": ["\u{2581} a", "a b", "\u{2581} \u{2581}"]}}
        """
      try TokenizerFixtures.withFiles(["tokenizer.json": file]) { folder in
        let tokenizer = try TokenizerCatalogue.load(
          TokenizerSpecification(path: folder + "/tokenizer.json"), displayPath: "x"
        ).tokenizer
        let found = TokenizerFixtures.encode(Array(text.utf8), tokenizer)
        #expect(found == ids)
        var decoded: [UInt8] = []
        tokenizer.decode(found.span, into: &decoded)
        let spaces = text.replacing("\u{2581}", with: " ")
        #expect(String(decoding: decoded, as: UTF8.self) == spaces)
      }
    }
  }
}
