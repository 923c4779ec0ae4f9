import Bytes
import Declarations
import Deduplication
import Documents
import Testing

@Suite struct DuplicateLinesTests {
  /// What is left of texts whose duplicate lines are cut, each text a part of its own; nil where
  /// nothing is left.
  private func left(_ texts: [String], keep: KeepRule = .first) throws -> [String?] {
    let folder = try DeduplicationTestFolder()
    let removals = try runBarrier(
      DuplicateLines(keep: keep), parts: texts.map { [$0] }, in: folder)
    return zip(texts, removals).map { text, removals in
      var cutter = LineCutter()
      var result: String?
      batches(of: [text], size: 1) { batch, first in
        var isEmpty = false
        cutter.cut(removals[...], of: &batch, firstDocument: first, cut: { _, _, _, _ in }) { _ in
          isEmpty = true
        }
        if !isEmpty { result = String(decoding: batch.text, as: UTF8.self) }
      }
      return result
    }
  }

  @Test(arguments: [
    // The first stays, in one text and in several; case and white space at the ends do not matter.
    (["a\nb\na", "b\nc"], ["a\nb", "c"]),
    (["One line\nTwo", "  ONE LINE \t\nthree"], ["One line\nTwo", "three"]),
    // The line feed before a line goes with it, and after the first where it goes.
    (["a", "a\nb\nc"], ["a", "b\nc"]), (["b", "a\nb\nc"], ["b", "a\nc"]),
    (["c", "a\nb\nc"], ["c", "a\nb"]), (["c", "a\nc\n"], ["c", "a\n"]),
    // Blank lines are no duplicates, and a text of them alone is empty.
    (["a\n\nb\n\n", "\n \nc"], ["a\n\nb\n\n", "\n \nc"]), (["a", "\na\n"], ["a", nil]),
    (["a", "A"], ["a", nil]), (["É σας", "é ΣΑΣ\nd"], ["É σας", "d"]),
  ])
  func cases(texts: [String], wanted: [String?]) throws {
    #expect(try left(texts) == wanted)
  }

  /// Random texts against a table of the lines seen, as a reader would do it.
  @Test(arguments: 0..<20) func randomTextsAreAsInATable(ordinal: Int) throws {
    var random = StableRandom(seed: UInt64(ordinal), purpose: "lines")
    let texts = (0..<8).map { _ in
      (0..<1 + random.below(6)).map { _ in ["", "a", "B", "b ", "c\td", "D"][random.below(6)] }
        .joined(separator: "\n")
    }
    var seen: Set<String> = []
    let wanted = texts.map { text in
      let kept = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
        let folded = line.lowercased().filter { $0 != " " }
        return folded.isEmpty || seen.insert(folded).inserted
      }
      let joined = kept.joined(separator: "\n")
      // Only of a text of which a line was cut is it asked whether anything is left.
      return kept.count < text.split(separator: "\n", omittingEmptySubsequences: false).count
        && joined.allSatisfy({ $0 == "\n" || $0 == " " }) ? nil : joined
    }
    #expect(try left(texts) == wanted)
  }

  @Test func editsLeadBackToTheOriginal() throws {
    let folder = try DeduplicationTestFolder()
    let texts = ["a\nb\na\nc\nb\nd", "x", "d\na"]
    let removals = try runBarrier(DuplicateLines(), parts: [texts], in: folder)[0]
    batches(of: texts, size: 3) { batch, first in
      var cutter = LineCutter()
      var cut: [String] = []
      var emptied: [Int] = []
      cutter.cut(removals[...], of: &batch, firstDocument: first) { document, line, _, batch in
        cut.append("\(document):\(String(decoding: batch.text[line], as: UTF8.self))")
      } emptied: {
        emptied.append($0)
      }
      #expect(cut == ["0:a", "0:b"] && emptied == [2])
      for (index, text) in texts.enumerated() where index != 2 {
        let original = Array(text.utf8)
        var applied: [UInt8] = []
        batch.edits.apply(of: index, to: original.span, into: &applied)
        #expect(applied == Array(batch.text[batch.textRange(index)]))
      }
    }
  }
}
