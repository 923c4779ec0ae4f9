import Testing

@testable import Filters

/// Words are those of NLTK 3.9.2.
@Suite struct TreebankTextTests {
  private struct Row: Decodable {
    var text: String
    var tokens: [String]
  }

  /// The words of a text, which are no bytes but those of whole characters.
  private static func words(
    _ text: String, _ treebank: inout TreebankText
  ) throws -> [String] {
    treebank.rewrite(Array(text.utf8).span)
    let rewritten = try #require(String(validating: treebank.bytes, as: UTF8.self))
    return rewritten.utf8.split(separator: 0x20).map { String($0) ?? "" }
  }

  private static func words(_ text: String) throws -> [String] {
    var treebank = TreebankText()
    return try words(text, &treebank)
  }

  /// NLTK's own tokens; what was worked on before leaves no trace.
  @Test func wordsAreNLTKs() throws {
    let rows = try Golden.read("treebank.jsonl", as: Row.self)
    #expect(rows.count > 150)
    var shared = TreebankText()
    for row in rows {
      #expect(try Self.words(row.text, &shared) == row.tokens, "\(row.text.debugDescription)")
    }
    for row in rows.reversed() {
      #expect(try Self.words(row.text, &shared) == row.tokens, "\(row.text.debugDescription)")
    }
  }

  /// One text for each regular expression, and for what one of them makes another one see. NLTK gave
  /// the words, here with a space between.
  private static let edges = [
    ("", ""), (" \n\u{3000}", ""), ("a", "a"), (".", "."), ("'", "'"), ("\"", "``"),
    ("\"a\" \"b\"", "`` a '' `` b ''"), ("a\"b", "a '' b"), ("(\"a\")", "( `` a '' )"),
    ("\"\"a", "`` `` a"), ("a \n\"b\"", "a '' b ''"), ("''a'' ''b'' '''", "'' a '' `` b '' `` '"),
    ("\u{AB}\"a\"\u{BB}", "\u{AB} `` a '' \u{BB}"), ("```a", "`` ` a"),
    ("One. Two.", "One . Two ."), ("a. b.", "a. b ."), ("a.b. c.)\"", "a.b . c . ) ''"),
    ("e.g. a.\u{201D}", "e.g . a . \u{201D}"), ("a.. b...", "a .. b ..."), ("a. \"", "a. ``"),
    ("a,b 1,000 1, ,,a 3:15 a:", "a , b 1,000 1 , , ,a 3:15 a :"), ("a,\u{663}", "a,\u{663}"),
    ("a;b@c#d$e%f&g*h?!", "a ; b @ c # d $ e % f & g * h ? !"),
    ("a-b--c---d", "a-b -- c -- -d"), ("[a]{b}<c>", "[ a ] { b } < c >"),
    ("a\u{2014}b", "a\u{2014}b"),
    ("it's I'm he'd they'll we're I've don't", "it 's I 'm he 'd they 'll we 're I 've do n't"),
    ("IT'S DON'T Don'T You'Ll", "IT 'S DO N'T Don'T You'Ll"),
    ("I'd've you've's", "I'd 've you 've 's"),
    ("it's' a", "it 's ' a"), ("it's'\na", "it's ' a"), ("it's'a b", "it 's ' a b"),
    ("it's'* a", "it's ' * a"), ("it's'? a", "it 's ' ? a"),
    ("'a 's 't 'tis '5", "' a 's 't 't is ' 5"),
    ("'\u{17F} '\u{E9}", "'\u{17F} ' \u{E9}"), ("x's'' y", "x 's '' y"),
    ("cannot gimme GONNA gotta lemme", "can not gim me GON NA got ta lem me"),
    ("d'ye more'n 'twas wanna wanna-", "d 'ye more 'n 't was wan na wanna-"),
    ("xcannot can-cannot/ can\u{AD}not", "xcannot can- can not / can\u{AD}not"),
    ("cannot'tis 'tis'twas 'twas'tis", "can not 't is 't is 't was 't was 'tis"),
    ("'t\u{130}\u{17F} g\u{131}mme", "'t \u{130}\u{17F} g\u{131}m me"),
    ("\u{E9}cannot", "\u{E9}cannot"),
  ]

  @Test func edges() throws {
    for (text, words) in Self.edges {
      #expect(
        try Self.words(text).joined(separator: " ") == words, "\(text.debugDescription)")
    }
  }

  /// No text makes it read past its ends, and time grows with length alone.
  @Test(arguments: [
    "'", "\"", "`", ".", ",", "-", ". ", "a'", "'s", "cannot", "can-", "\u{AB}", "\u{2019}",
    "\u{A0}",
    "a.\" ", "a.) ", "d'ye'", "\u{E9}\u{130}", "'tis'", "n't", " ''",
  ])
  func takesLongRuns(piece: String) throws {
    #expect(try !Self.words("a" + String(repeating: piece, count: 30_000) + "b").isEmpty)
  }
}
