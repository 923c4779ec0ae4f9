import Bytes

/// The paragraphs of a document: what lies between two or more line feeds, once white space at the
/// ends of the text is gone (Python's `re.split("\n{2,}", text.strip())`).
final class ParagraphTable: Analysis, TextAnalysis {
  /// The paragraphs; at least one.
  private(set) var count = 0
  /// Paragraphs that were there before.
  private(set) var repeated = 0
  /// Their characters.
  private(set) var repeatedCharacters = 0

  private var table = StretchTable()

  func run(_ text: Span<UInt8>) {
    count = 0
    repeated = 0
    repeatedCharacters = 0
    table.removeAll()
    let all = UTF8Text.stripped(0..<text.count, in: text)
    let stripped = text.extracting(all)
    var start = 0
    var place = 0
    while true {
      let end = ByteSearch.firstIndex(of: 0x0A, 0x0A, 0x0A, in: stripped, from: place)
      var next = end
      while next < stripped.count && stripped[next] == 0x0A { next += 1 }
      place = next
      guard end == stripped.count || next - end > 1 else { continue }
      add(start..<end, of: stripped)
      start = next
      if end == stripped.count { break }
    }
  }

  private func add(_ range: Range<Int>, of text: Span<UInt8>) {
    count += 1
    guard !table.add(range, of: text) else { return }
    repeated += 1
    repeatedCharacters += UTF8Text.count(text.extracting(range))
  }
}
