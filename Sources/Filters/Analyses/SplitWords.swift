import Bytes

/// The words of a document, as one way of splitting has them, and the sequences of words.
final class SplitWords {
  private let splitting: WordSplitting
  private let table = WordTable()
  private let topNgrams = TopNgrams()
  private let repeatedNgrams = RepeatedNgrams()
  /// Where words do not lie between white space as they are: the text that they lie in.
  private var treebank: TreebankText?

  /// Takes a way of splitting.
  init(_ splitting: WordSplitting) { self.splitting = splitting }

  /// Begins a document.
  func begin() {
    table.isDone = false
    topNgrams.isDone = false
    repeatedNgrams.isDone = false
  }

  /// The words of a document's text.
  func words(of text: Span<UInt8>) -> WordTable {
    guard table.begins() else { return table }
    switch splitting {
    case .whitespace: table.run(text)
    case .treebank:
      if treebank == nil { treebank = TreebankText() }
      treebank?.rewrite(text)
      table.run(rewritten.span)
    }
    return table
  }

  /// The most frequent sequences.
  func frequent(in text: Span<UInt8>) -> TopNgrams {
    if topNgrams.begins() { topNgrams.run(words(of: text)) }
    return topNgrams
  }

  /// The sequences that are there again.
  func repeated(in text: Span<UInt8>) -> RepeatedNgrams {
    guard repeatedNgrams.begins() else { return repeatedNgrams }
    let words = words(of: text)
    switch splitting {
    case .whitespace: repeatedNgrams.run(words, text)
    case .treebank: repeatedNgrams.run(words, rewritten.span)
    }
    return repeatedNgrams
  }

  /// How often a word occurs.
  func occurrences(of word: [UInt8], in text: Span<UInt8>) -> Int {
    let words = words(of: text)
    return switch splitting {
    case .whitespace: words.occurrences(of: word, in: text)
    case .treebank: words.occurrences(of: word, in: rewritten.span)
    }
  }

  private var rewritten: [UInt8] { treebank?.bytes ?? [] }
}
