import Bytes
import Declarations
import Documents
import Shards
import TestSupport
import Testing
import Tokenizers

@testable import Pipeline

/// What tokenise makes of a text part whose documents it takes for huge.
struct TokeniseWorkerTests {
  @Test(
    "documents that are huge become the tokens that they become in memory",
    arguments: ["gpt2-style/tokenizer.json", "unigram-style/tokenizer.json"], [2, 4])
  func hugeDocuments(vocabulary: String, width: Int) throws {
    let path = Repository.path("Tests/TokenizersTests/Fixtures/\(vocabulary)")
    var specification = TokenizerSpecification(path: path)
    specification.beginningOfDocument = .id(5)
    specification.endOfDocument = .id(7)
    let tokenizer = try TokenizerCatalogue.load(specification, displayPath: path)
    let folder = try TemporaryFolder("huge")
    let long = (0..<60_000).map { "\($0 * 7919) " }.joined()
    for texts in [[long], ["a", long, "", "\u{2581}b"], ["", ""]] {
      let frame = try frame(of: texts)
      func process(huge: Int) throws -> (tokens: [UInt8], documents: [[UInt64]], isFile: Bool) {
        var worker = TokeniseWorker(
          tokenizer: tokenizer, specialTokens: .ordinary, width: width,
          marks: MarkApplier(LoadedMarks()), entries: 1, scratchFolder: folder.path, huge: huge)
        let batch = try worker.process(frame())
        var tokens: [UInt8] = []
        for stretch in batch.tokens {
          try stretch.forEachPiece { (piece) throws(CuveeError) in tokens.append(piece) }
        }
        let isFile = batch.tokens.contains { if case .file = $0 { true } else { false } }
        let documents = batch.documents.map {
          [$0.tokenStart, UInt64($0.tokens), $0.textHash.low]
        }
        return (tokens, documents, isFile)
      }
      let usual = try process(huge: .max)
      let huge = try process(huge: 10)
      #expect(!usual.isFile && huge.isFile == texts.contains(long))
      #expect(huge.tokens == usual.tokens && huge.documents == usual.documents)
      #expect(usual.documents.count == texts.count)
    }
  }

  /// Makes the frame of some documents, as often as it is wanted: a frame is decoded once.
  private func frame(of texts: [String]) throws -> () -> TextFrame {
    var batch = DocumentBatch()
    for (index, text) in texts.enumerated() {
      batch.append(
        text: Array(text.utf8).span, id: [UInt8]().span,
        origin: Origin(file: 0, record: UInt64(index), byteOffset: 0))
    }
    let stored = try StoredFrameMaker(level: nil).frame(of: batch)
    return {
      TextFrame(
        stored.bytes, coding: stored.coding, rawBytes: stored.rawBytes, firstDocument: 0,
        documents: UInt32(texts.count))
    }
  }
}
