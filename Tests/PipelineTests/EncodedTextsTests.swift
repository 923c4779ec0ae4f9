import Bytes
import TestSupport
import Testing
import Tokenizers

@testable import Pipeline

/// Ids of huge texts go through a file, or are only counted.
struct EncodedTextsTests {
  @Test("ids in a file are those in memory, and so is their number")
  func places() throws {
    let path = Repository.path("Tests/TokenizersTests/Fixtures/gpt2-style/tokenizer.json")
    let tokenizer = try TokenizerCatalogue.load(
      TokenizerSpecification(path: path), displayPath: path
    ).tokenizer
    let folder = try TemporaryFolder("encoded")
    var text: [UInt8] = []
    for index in 0..<200_000 { text += Array("\(index * 7919) ".utf8) }
    let ends = [3, 1000, text.count]
    func encode(_ huge: Int, _ scratch: String?) throws -> EncodedTexts {
      try EncodedTexts(
        text.span, ends: ends, tokenizer.makeEncoder(), scratchFolder: scratch, huge: huge)
    }
    let usual = try encode(text.count, folder.path)
    guard case .inMemory(let ids) = usual.ids else { throw NotThere() }
    #expect(ids.count > TokenDrain.usualLimit && usual.ends.last == ids.count)
    let drained = try encode(text.count - 1, folder.path)
    guard case .inFile(let file) = drained.ids else { throw NotThere() }
    var (bytes, wanted) = ([UInt8](), [UInt8]())
    try file.forEachPiece { (piece) throws(CuveeError) in bytes.append(piece) }
    wanted.appendLittleEndian(ids.span, width: 4)
    #expect(bytes == wanted && drained.ends == usual.ends)
    let counted = try encode(0, nil)
    guard case .counted = counted.ids else { throw NotThere() }
    #expect(counted.ends == usual.ends)
  }

  private struct NotThere: Error {}
}
