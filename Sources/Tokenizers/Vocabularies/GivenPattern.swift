import Bytes

/// A pattern as a mixture file gives it: the name of a scanner, or a regular expression.
struct GivenPattern {
  /// As given.
  let text: String
  private let scanner: PretokenPattern?
  private let regex: PretokenPlan?

  /// Creates the pattern of a scanner.
  init(_ pattern: PretokenPattern) {
    text = pattern.rawValue
    scanner = pattern
    regex = nil
  }

  /// Reads a pattern.
  ///
  /// - Throws: `badData` for what is neither a name nor a regular expression that is supported.
  init(_ text: String, place: String) throws(CuveeError) {
    self.text = text
    if let known = PretokenPattern(regex: text) {
      scanner = known
      regex = nil
    } else if text.contains(where: { #"\|[("#.contains($0) }) {
      scanner = nil
      let pattern = try RegexPattern(text, dialect: .rust, place: place)
      // What no match covers gives no tokens, as in tiktoken.
      regex = try PretokenPlan([.split(.regex(pattern), .removed, isInverted: true)], place: place)
    } else {
      scanner = try PretokenPattern(named: text, place: place)
      regex = nil
    }
  }

  /// Whether it is a scanner's.
  func isScanner(_ pattern: PretokenPattern) -> Bool { scanner == pattern }

  /// The tokenizer of a byte-level vocabulary that is cut by this pattern.
  func tokenizer(
    _ model: BytePairModel, specialTokens: [String: UInt32], normalizesToNFC: Bool = false
  ) -> HuggingFaceVocabulary.Result {
    if let scanner {
      var special = AddedTokenMatcher()
      for (content, id) in specialTokens.sorted(by: { $0.value < $1.value }) {
        special.add(Array(content.utf8), id: id, isSpecial: true)
      }
      let tokenizer = BytePairTokenizer(
        model: model, pattern: scanner, specialTokens: specialTokens,
        normalizesToNFC: normalizesToNFC, rawTokens: special)
      return .init(tokenizer, scanner)
    }
    var special = AddedTokens()
    for (content, id) in specialTokens.sorted(by: { $0.value < $1.value }) {
      special.add(Array(content.utf8), id: id, .init(isSpecial: true))
    }
    let tokenizer = ComposedTokenizer(
      model: .bytes(model, .whole), normalizer: normalizesToNFC ? .nfc : nil,
      pretokenizing: regex ?? .empty, rawTokens: special, normalizedTokens: AddedTokens(),
      decoder: TokenDecoder(tokens: model.tokens, steps: [], separator: []),
      specialTokens: specialTokens)
    return .init(tokenizer, .whole, regexes: [text], slow: regex?.slow ?? [])
  }
}
