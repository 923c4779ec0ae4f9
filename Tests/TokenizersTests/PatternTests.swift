import Bytes
import Testing

@testable import Tokenizers

/// Patterns that PCRE2 runs, against the scanners of the same patterns.
struct PatternTests {
  @Test(
    "PCRE2 cuts as the scanners do",
    arguments: PretokenPattern.known.map { ($0.regex, $0.pattern) })
  func likeScanners(regex: String, pattern: PretokenPattern) throws {
    let matcher = RegexMatcher(try CompiledRegex(regex, dialect: .rust, place: "test"))
    let scanner = try #require(pattern.pretokenizer)
    var random = StableRandom(seed: 1, purpose: "patterns")
    let latin = "  \n\r\t'sStTdDmlLrReEvVaZ019.,-_/\u{17F}\u{E9}\u{301}\u{DF}"
    let others = "\u{4E2D}\u{3000}\u{A0}\u{85}\u{1F600}\u{2167}\u{BD}\u{661}\u{1C5}\u{2B0}"
    let alphabet = Array((latin + others).unicodeScalars)
    for _ in 0..<300 {
      var text = String.UnicodeScalarView()
      for _ in 0..<random.below(40) { text.append(alphabet[random.below(alphabet.count)]) }
      let bytes = Array(String(text).utf8)
      var matches: [RegexMatcher.Match] = []
      matcher.appendMatches(in: bytes.span, to: &matches)
      var start = 0
      var wanted: [Int] = []
      while start < bytes.count {
        start = scanner.pieceEnd(in: bytes.span, from: start)
        wanted.append(start)
      }
      #expect(matches.map(\.end) == wanted, "\(String(text).debugDescription)")
    }
  }

  /// Expected values from Python's `re` and `tokenizers.pre_tokenizers.Split`.
  @Test(
    "matches",
    arguments: [
      ("a|b", "xab", [1, 2, 2, 3]),
      (#"\p{Lu}+"#, "aBCd\u{C9}", [1, 3, 4, 6]),
      (#"(?i:'S)"#, "'s'\u{17F}", [0, 2, 2, 5]),
      (#"\d{2}"#, "1234567", [0, 2, 2, 4, 4, 6]),
      (#"(?<=a)b(?!c)"#, "abcab", [4, 5]),
      (#"[^\s&&[^\n]]+"#, "a\nb", [0, 3]),
      (#"[\p{L}&&[^\p{Lu}]]+"#, "abCd", [0, 2, 3, 4]),
      (#"x*"#, "axb", [0, 0, 1, 2, 3, 3]),
      (#"[\u4e00-\u9fa5]+"#, "a\u{4E2D}\u{6587}b", [1, 7]),
    ])
  func matches(regex: String, text: String, wanted: [Int]) throws {
    let matcher = RegexMatcher(try CompiledRegex(regex, dialect: .rust, place: "test"))
    var matches: [RegexMatcher.Match] = []
    matcher.appendMatches(in: Array(text.utf8).span, to: &matches)
    #expect(matches.flatMap { [$0.start, $0.end] } == wanted)
  }

  @Test(
    "what is not supported is named",
    arguments: [
      (#"\bword"#, #"\b at character 1"#), (#"(a)\1"#, #"\1 at character 4"#),
      (#"\p{Klingon}"#, #"\p{Klingon}"#), ("(?P<n>a)", "(?P<"), ("[[:alpha:]]", "[:"),
      ("a{5000}", "{5000}"), ("(a", "( at character 3 has no end"), ("(?i:\u{E9})", "beyond ASCII"),
      ("*a", "* at character 1 repeats nothing"),
    ])
  func unsupported(regex: String, part: String) {
    do {
      _ = try CompiledRegex(regex, dialect: .rust, place: "x.json")
      Issue.record("no error")
    } catch {
      #expect(error.message.hasPrefix("x.json: in the pattern, "), "\(error.message)")
      #expect(error.message.contains(part), "\(error.message)")
    }
  }
}
