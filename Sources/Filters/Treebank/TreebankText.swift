import Bytes

/// Rewrites a text so that its words as NLTK's `word_tokenize` has them lie between white space.
///
/// The reference is NLTK 3.9.2 with its English sentences, under Python 3.11: a sentence is cut at a
/// time, and `NLTKWordTokenizer` turns opening quotation marks of ASCII into two backticks and closing
/// ones into two apostrophes. NLTK puts each sentence through 32 regular expressions, one after
/// another; here one pass decides for each mark what all of them together do to it
/// (`TreebankSentence`), and a second look at words with marks inside cuts clitics and contractions
/// (`TreebankWord`).
struct TreebankText {
  private let sentences = PunktSentences()
  private let marks = TreebankBytes.standard
  private var words = TreebankWords()

  /// The words of the last text, each with a space after it; valid UTF-8.
  var bytes: [UInt8] { words.bytes }

  /// Takes a text in place of the last one.
  ///
  /// - Parameter text: Valid UTF-8.
  mutating func rewrite(_ text: Span<UInt8>) {
    words.removeAll(reserving: text.count + text.count / 8)
    var cursor = sentences.cursor(text)
    while let range = cursor.next(in: text) {
      var sentence = TreebankSentence(range, in: text, marks)
      sentence.cut(text, into: &words)
    }
  }
}
