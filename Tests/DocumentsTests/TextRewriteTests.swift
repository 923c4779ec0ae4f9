import Bytes
import Documents
import Testing

@Suite struct TextRewriteTests {
  private static let none: [UInt8] = []

  /// However often texts are rewritten, the edits lead from the first to the last.
  @Test(arguments: 0..<40)
  func editsLeadFromTheOriginalToTheText(seed: Int) {
    var random = StableRandom(seed: UInt64(seed), purpose: "test")
    let originals = (0..<8).map { _ in
      (0..<random.below(40)).map { _ in UInt8(0x61 + random.below(26)) }
    }
    var batch = DocumentBatch()
    for text in originals {
      batch.append(
        text: text.span, id: Self.none.span, origin: Origin(file: 0, record: 0, byteOffset: 0))
    }
    var rewrite = TextRewrite()
    for _ in 0..<4 {
      var expected: [[UInt8]] = []
      for index in 0..<batch.count {
        let range = batch.textRange(index)
        var text: [UInt8] = []
        var position = range.lowerBound
        while position < range.upperBound {
          let end = min(range.upperBound, position + 1 + random.below(6))
          switch random.below(4) {
          case 0: break
          case 1:
            let inserted = Array("<\(random.below(100))>".utf8)
            rewrite.insert(inserted.span)
            text += inserted
          default:
            rewrite.copy(position..<end, of: batch)
            text += batch.text[position..<end]
          }
          position = end
        }
        #expect(rewrite.unfinishedBytes == text.count)
        rewrite.endDocument(of: batch)
        expected.append(text)
      }
      batch.apply(&rewrite)
      for index in 0..<batch.count {
        #expect(Array(batch.text[batch.textRange(index)]) == expected[index])
        let original = originals[index]
        var retraced: [UInt8] = []
        batch.edits.apply(of: index, to: original.span, into: &retraced)
        #expect(retraced == expected[index])
        checkOrder(of: index, in: batch)
      }
    }
  }

  private func checkOrder(of index: Int, in batch: borrowing DocumentBatch) {
    var end = -1
    for edit in batch.edits.edits[batch.edits.range(of: index)] {
      #expect(edit.offset > end && edit.length + edit.replacement.count > 0)
      end = edit.offset + edit.length
    }
  }

  @Test func documentsThatAreKeptHaveNoEdits() {
    var batch = DocumentBatch()
    for text in ["one", "", "three"] {
      batch.append(
        text: Array(text.utf8).span, id: Self.none.span,
        origin: Origin(file: 0, record: 0, byteOffset: 0))
    }
    var rewrite = TextRewrite()
    for _ in 0..<3 { rewrite.keepDocument(of: batch) }
    batch.apply(&rewrite)
    #expect(batch.edits.edits.isEmpty && batch.text == Array("onethree".utf8))
    batch.removeAll()
    #expect(batch.edits.ends.isEmpty && batch.count == 0)
  }
}
