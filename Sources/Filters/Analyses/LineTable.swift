import Bytes

/// The lines of a document, as Python's `text.split("\n")` has them, and which are there again.
///
/// Gopher's rules look at the lines that are not empty (`re.split("\n+")`), FineWeb's at those with
/// something besides white space.
final class LineTable: Analysis, TextAnalysis {
  /// Counts of some of the lines.
  struct Counts {
    /// The lines.
    var lines = 0
    /// Lines that were there before.
    var repeatedLines = 0
    /// Their characters.
    var repeatedCharacters = 0
  }

  /// The lines, as `re.split("\n+")` cuts them: an empty line at either end is one.
  private(set) var all = Counts()
  /// The lines with something besides white space.
  private(set) var nonBlank = Counts()
  /// The line feeds of the text.
  private(set) var lineFeeds = 0
  /// The characters of each line that is not blank.
  private(set) var lengths: [Int32] = []
  /// Lines that are not blank and end with a terminal mark.
  private(set) var punctuated = 0

  private var table = StretchTable()

  func run(_ text: Span<UInt8>) {
    all = Counts()
    nonBlank = Counts()
    lineFeeds = 0
    punctuated = 0
    lengths.removeAll(keepingCapacity: true)
    table.removeAll()
    var start = 0
    while true {
      let end = ByteSearch.firstIndex(of: 0x0A, 0x0A, 0x0A, in: text, from: start)
      if end > start { add(start..<end, of: text) }
      if end == text.count { break }
      lineFeeds += 1
      start = end + 1
    }
    // `re.split` gives an empty line before line feeds at the start and after those at the end.
    guard text.count > 0 else { return }
    let ends = [text[0] == 0x0A, text[text.count - 1] == 0x0A].count { $0 }
    all.lines += ends
    if ends == 2 { all.repeatedLines += 1 }
  }

  private func add(_ range: Range<Int>, of text: Span<UInt8>) {
    let line = text.extracting(range)
    let characters = UTF8Text.count(line)
    let isNew = table.add(range, of: text)
    count(characters, isNew, &all)
    if UTF8Text.stripped(0..<line.count, in: line).isEmpty { return }
    count(characters, isNew, &nonBlank)
    lengths.append(Int32(truncatingIfNeeded: characters))
    var last = line.count - 1
    while line[last] & 0xC0 == 0x80 { last -= 1 }
    if Punctuation.standard.isTerminal(UTF8Text.scalar(in: line, at: last)) { punctuated += 1 }
  }

  private func count(_ characters: Int, _ isNew: Bool, _ counts: inout Counts) {
    counts.lines += 1
    if !isNew {
      counts.repeatedLines += 1
      counts.repeatedCharacters += characters
    }
  }
}
