import Bytes
import Declarations

/// The occurrences of some symbols for each word. Gopher allows 0.1 of `#`, and as many ellipses.
///
/// Occurrences do not overlap: four periods are one ellipsis of three (Python's `str.count`).
struct SymbolToWordRatio: Metric {
  static let name = "symbol_to_word_ratio"
  static let summary = "how often some symbols occur, for each word"
  static let parameters: [Parameter] = [
    Parameter("symbols", .texts, standard: .texts(["#"]), "the symbols"),
    WordSplitting.parameter,
  ]

  private let symbols: [[UInt8]]
  private let splitting: WordSplitting

  init(parameters: Parameters) throws(CuveeError) {
    splitting = parameters.choice(WordSplitting.parameter.name)
    symbols = parameters.texts("symbols")
    if symbols.contains([]) { throw .badData("\(Self.name): a symbol must not be empty") }
  }

  func measure(_ document: inout DocumentView) -> Double? {
    var count = 0
    for symbol in symbols { count += Self.occurrences(of: symbol, in: document.text) }
    return share(count, of: document.words(splitting).count)
  }

  private static func occurrences(of symbol: [UInt8], in text: Span<UInt8>) -> Int {
    var count = 0
    var index = 0
    let first = symbol[0]
    while true {
      index = ByteSearch.firstIndex(of: first, first, first, in: text, from: index)
      guard index < text.count else { return count }
      if text.holds(symbol, at: index) {
        count += 1
        index += symbol.count
      } else {
        index += 1
      }
    }
  }
}
