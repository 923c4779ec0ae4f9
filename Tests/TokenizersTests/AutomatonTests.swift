import Bytes
import Testing

@testable import Tokenizers

/// Automata against PCRE2, which backtracks.
struct AutomatonTests {
  private static let classes = [
    #"\p{L}"#, #"\p{N}"#, #"\s"#, #"\S"#, #"\w"#, "[a-c]", "a", "b", " ", #"\n"#, "[^a]", ".", "'",
    "1",
    #"\p{Lu}"#, "é", "中", #"[\r\n]"#, #"[^\s\p{L}\p{N}]"#,
  ]
  private static let letters = Array("abcAB  \n\r'1 2\t.,é\u{301}中\u{3000}😀".unicodeScalars)

  /// A random pattern of what automata can do.
  private static func pattern(_ random: inout StableRandom, depth: Int = 0) -> String {
    func one(_ list: [String]) -> String { list[random.below(list.count)] }
    func atom() -> String {
      depth < 2 && random.below(6) == 0 ? "(?:\(pattern(&random, depth: depth + 1)))" : one(classes)
    }
    func item() -> String {
      switch random.below(20) {
      case 0: return "(?=\(one(classes)))"
      case 1: return "(?!\(one(classes)))"
      case 2: return "(?=\(one(classes))+\(one(classes)))"
      case 3: return "(?!\(pattern(&random, depth: 2)))"
      case 4:
        return one([#"\b"#, #"\B"#, "^", "$", "(?<=\(one(classes)))", "(?<!\(one(classes)))"])
      case 5: return one(classes) + one(["++", "?+", "*+"])
      default:
        // Loops in loops would take PCRE2 longer than the tests have.
        if depth > 0 { return atom() + one(["", "", "?", "{2}", "{0,2}"]) }
        return atom()
          + one(["", "", "", "+", "+", "*", "?", "{1,3}", "{2}", "{2,}", "+?", "*?", "??"])
      }
    }
    let branches = (0...random.below(depth == 0 ? 4 : 2)).map { _ in
      (0...random.below(3)).map { _ in item() }.joined()
    }
    return branches.joined(separator: "|")
  }

  private static func text(_ random: inout StableRandom) -> [UInt8] {
    var text = String.UnicodeScalarView()
    let few = random.below(3) == 0
    for _ in 0..<random.below(20) {
      text.append(letters[random.below(few ? 4 : letters.count)])
    }
    var bytes = Array(String(text).utf8)
    // Bytes that are no UTF-8 count as U+FFFD each.
    if random.below(8) == 0, !bytes.isEmpty { bytes[random.below(bytes.count)] = 0xF0 }
    return bytes
  }

  private static let rules: [SplitRule] = [
    .isolated, SplitRule(.removed, isInverted: false), SplitRule(.removed, isInverted: true),
    SplitRule(.contiguous, isInverted: false), SplitRule(.mergedWithPrevious, isInverted: false),
    SplitRule(.mergedWithNext, isInverted: false), SplitRule(.mergedWithNext, isInverted: true),
  ]

  /// The ends of the pieces, negative where they are left out.
  private static func cut(_ text: [UInt8], _ chain: SplitChain) -> [Int] {
    var result: [Int] = []
    if text.isEmpty { return [] }
    chain.cut(text.span, pieces: [SplitChain.End(text.count)]) { ends in
      for index in 0..<ends.count {
        result.append(ends[index].isRemoved ? -ends[index].offset : ends[index].offset)
      }
    }
    return result
  }

  @Test("random patterns cut random texts as PCRE2 does", arguments: 0..<8)
  func likePCRE2(part: Int) throws {
    var random = StableRandom(seed: UInt64(part), purpose: "automata")
    var (run, left) = (0, 0)
    for _ in 0..<30 {
      let text = Self.pattern(&random)
      let dialect: RegexDialect = random.below(2) == 0 ? .rust : .oniguruma
      guard let pattern = try? RegexPattern(text, dialect: dialect, place: "test") else { continue }
      let rule = Self.rules[random.below(Self.rules.count)]
      let patterns = [(node: pattern.node, rule: rule)]
      // Half of them by the search that looks at one symbol only.
      let plan =
        part % 2 == 0
        ? SplitPlan(patterns, overBytes: false)
        : SplitPlan(patterns, overBytes: false, searchesPairs: false)
      guard let plan else {
        left += 1
        continue
      }
      run += 1
      let chain = SplitChain(plan)
      let matcher = RegexMatcher(try CompiledRegex(pattern, place: "test"))
      for _ in 0..<20 {
        let bytes = Self.text(&random)
        var matches: [RegexMatcher.Match] = []
        matcher.appendMatches(in: bytes.span, to: &matches)
        let wanted = rule.cuts(matches, count: bytes.count).map {
          $0.isRemoved ? -$0.offset : $0.offset
        }
        let found = Self.cut(bytes, chain)
        #expect(
          found == wanted,
          "\(text) as \(dialect) on \(String(decoding: bytes, as: UTF8.self).debugDescription)")
      }
    }
    // Some few need more states or symbols than are allowed.
    #expect(run > 20 && left < 3)
  }

  @Test("a chain cuts as its splitters do one after another")
  func chains() throws {
    var random = StableRandom(seed: 3, purpose: "chains")
    var run = 0
    for _ in 0..<12 {
      var steps: [(node: RegexNode, rule: SplitRule)] = []
      while steps.count < 3 {
        let text = Self.pattern(&random)
        guard let pattern = try? RegexPattern(text, dialect: .rust, place: "test") else { continue }
        steps.append((pattern.node, Self.rules[random.below(Self.rules.count)]))
      }
      guard let plan = SplitPlan(steps, overBytes: false) else { continue }
      run += 1
      let chain = SplitChain(plan)
      let matchers = try steps.map {
        RegexMatcher(try CompiledRegex(RegexPattern(text: "", node: $0.node), place: "test"))
      }
      var bytes: [UInt8] = []
      for _ in 0..<12 { bytes += Self.text(&random) }
      var pieces: [(range: Range<Int>, isRemoved: Bool)] = [(0..<bytes.count, false)]
      for (matcher, step) in zip(matchers, steps) {
        pieces = pieces.flatMap { piece -> [(range: Range<Int>, isRemoved: Bool)] in
          if piece.isRemoved { return [piece] }
          var matches: [RegexMatcher.Match] = []
          matcher.appendMatches(in: bytes.span.extracting(piece.range), to: &matches)
          var start = piece.range.lowerBound
          return step.rule.cuts(matches, count: piece.range.count).map { cut in
            defer { start = piece.range.lowerBound + cut.offset }
            return (start..<piece.range.lowerBound + cut.offset, cut.isRemoved)
          }
        }
      }
      let wanted = pieces.map { $0.isRemoved ? -$0.range.upperBound : $0.range.upperBound }
      #expect(Self.cut(bytes, chain) == wanted)
    }
    #expect(run > 9)
  }

  @Test("a search for pairs of symbols finds what one for single symbols does")
  func pairs() throws {
    var random = StableRandom(seed: 5, purpose: "pairs")
    let steps = try [#"\s?[A-Za-zé]+"#, #"\s?[.,']+"#, #"\s+$"#, "[中1]+|2"].map {
      (node: try RegexParser.parse($0, dialect: .rust, place: "test"), rule: SplitRule.isolated)
    }
    let pairs = SplitChain(try #require(SplitPlan(steps, overBytes: false)))
    let singles = SplitChain(
      try #require(SplitPlan(steps, overBytes: false, searchesPairs: false)))
    for count in [1, 15, 16, 17, 33, 400] {
      var bytes: [UInt8] = []
      for _ in 0..<count { bytes += Self.text(&random) + Array("abcdefghijklmnopqrst".utf8) }
      #expect(Self.cut(bytes, pairs) == Self.cut(bytes, singles))
    }
  }

  @Test("every known pattern has an automaton that cuts as its scanner does")
  func likeScanners() throws {
    var random = StableRandom(seed: 4, purpose: "scanners")
    for (regex, known) in PretokenPattern.known {
      let node = try RegexParser.parse(regex, dialect: .rust, place: "test")
      let chain = SplitChain(try #require(SplitPlan([(node, .isolated)], overBytes: false)))
      let scanner = try #require(known.pretokenizer)
      for _ in 0..<200 {
        var bytes: [UInt8] = []
        for _ in 0..<4 { bytes += Self.text(&random) }
        var wanted: [Int] = []
        while wanted.last ?? 0 < bytes.count {
          wanted.append(scanner.pieceEnd(in: bytes.span, from: wanted.last ?? 0))
        }
        #expect(Self.cut(bytes, chain) == wanted, "\(regex)")
      }
    }
  }

  /// Splitters give 256 pieces at a time.
  @Test("pieces of every number come out whole")
  func manyPieces() throws {
    let steps = try [#"[ab]"#, #"a|c+"#, "b"].map {
      (node: try RegexParser.parse($0, dialect: .rust, place: "test"), rule: SplitRule.isolated)
    }
    let chain = SplitChain(try #require(SplitPlan(steps, overBytes: false)))
    for count in [1, 126, 127, 128, 129, 255, 256, 257, 1000] {
      let text = Array(String(repeating: "abccé", count: count).utf8)
      var wanted: [Int] = []
      for index in 0..<count { wanted += [1, 2, 4, 6].map { (end: Int) in index * 6 + end } }
      #expect(Self.cut(text, chain) == wanted)
    }
  }

  /// PCRE2 needs minutes for these: each attempt reads all that is left.
  @Test(
    "twice the text takes about twice the steps",
    arguments: [#"\s+$"#, #"\s*[\r\n]|\s"#, #"\p{L}+(?=\d)"#, #"[a-z]*1|[a-z]"#])
  func growth(regex: String) throws {
    let node = try RegexParser.parse(regex, dialect: .oniguruma, place: "test")
    let chain = SplitChain(try #require(SplitPlan([(node, .isolated)], overBytes: false)))
    for letter in [UInt8(ascii: " "), UInt8(ascii: "a")] {
      func seconds(_ count: Int) -> Double {
        let text = [UInt8](repeating: letter, count: count) + Array("x".utf8)
        let clock = ContinuousClock()
        let times = (0..<3).map { _ in
          clock.measure { _ = Self.cut(text, chain) } / .seconds(1)
        }
        return times.min() ?? 0
      }
      _ = seconds(100_000)
      // A square would be sixteen times; there is room for a busy machine.
      #expect(seconds(800_000) < 10 * seconds(200_000) + 0.05)
    }
  }

  @Test(
    "what no automaton can do is left to PCRE2",
    arguments: ["(?>a|ab)c", "(?:ab|a)++b", "(?<=ab)c", "(?<!ab)d"])
  func leftOut(regex: String) throws {
    let pattern = try RegexPattern(regex, dialect: .rust, place: "test")
    #expect(SplitPlan([(pattern.node, .isolated)], overBytes: false) == nil)
    _ = try CompiledRegex(pattern, place: "test")
  }
}
