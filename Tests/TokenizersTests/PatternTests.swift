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
      (#"\bb|a\b"#, "ab ba b", [3, 4, 4, 5, 6, 7]),
      (#"\Bb|\s\B"#, "ab  b", [1, 2, 2, 3]),
      (#"^a|b$"#, "a\nab\nb", [0, 1, 5, 6]),
      (#"[\u4e00-\u9fa5]+"#, "a\u{4E2D}\u{6587}b", [1, 7]),
    ])
  func matches(regex: String, text: String, wanted: [Int]) throws {
    let matcher = RegexMatcher(try CompiledRegex(regex, dialect: .rust, place: "test"))
    var matches: [RegexMatcher.Match] = []
    matcher.appendMatches(in: Array(text.utf8).span, to: &matches)
    #expect(matches.flatMap { [$0.start, $0.end] } == wanted)
  }

  /// Expected values from `tokenizers.pre_tokenizers.Split`, whose `^` and `$` are those of lines.
  @Test(
    "matches as Hugging Face has them",
    arguments: [
      (#"\s+$"#, "a \n b  ", [1, 2, 5, 7]), ("^a", "a\naa", [0, 1, 2, 3]),
      (#"^\n?"#, "a\n\n", [0, 0, 2, 3]), (#"\n\Z"#, "a\n\n", [1, 2, 2, 3]),
      (#"\w\b"#, "ab \u{E9}", [1, 2, 3, 5]),
    ])
  func oniguruma(regex: String, text: String, wanted: [Int]) throws {
    let matcher = RegexMatcher(try CompiledRegex(regex, dialect: .oniguruma, place: "test"))
    var matches: [RegexMatcher.Match] = []
    matcher.appendMatches(in: Array(text.utf8).span, to: &matches)
    #expect(matches.flatMap { [$0.start, $0.end] } == wanted)
  }

  @Test(
    "what is not supported is named",
    arguments: [
      (#"a|\Gword"#, #"\G at character 3 is not supported"#),
      (#"(a)\1"#, #"\1 at character 4 is not supported"#),
      (#"ab\p{Klingon}"#, #"\p{Klingon} at character 3 is not supported"#),
      ("a(?P<n>a)", "(?P< at character 2"), ("x[[:alpha:]]", "[: at character 3"),
      ("a{5000}", "{5000} at character 2"), ("b(a", "( at character 2 has no end"),
      ("b[a", "[ at character 2 has no end"), ("(?i:\u{E9})", "beyond ASCII"),
      ("*a", "* at character 1 repeats nothing"), ("a$+", "+ at character 3 repeats a place"),
      ("a)", ") at character 2 belongs to no group"),
      (#"a\"#, #"\ at character 2 ends the pattern"#), (#"\x{zz}"#, #"\xzz at character 1"#),
      ("a[z-a]", "a range at character 3"),
    ])
  func unsupported(regex: String, part: String) {
    do {
      _ = try CompiledRegex(regex, dialect: .rust, place: "x.json")
      Issue.record("no error")
    } catch {
      #expect(error.message.hasPrefix("x.json: in the pattern, "), "\(error.message)")
      #expect(error.message.contains(part), "\(error.message)")
      #expect(error.message.hasSuffix("; the pattern is \(regex)"), "\(error.message)")
    }
  }
}
