import Bytes
import Foundation
import Testing

@testable import Declarations

/// The values of a component's parameters: taken, refused, and put into keys.
@Suite struct ParametersTests {
  /// A component with a parameter of every kind.
  static let component = ComponentDeclaration(
    name: "odd", summary: "o",
    parameters: [
      .optional("word", .text, "w"), .optional("words", .texts, "ws"),
      Parameter("number", .integer(0...9), standard: .integer(1), "n"),
      .optional("ratio", .number(0...1), "r"), .optional("flag", .boolean, "f"),
      .choice("keep", standard: KeepRule.first, "k"), .optional("share", .share, "s"),
      .optional("list", .file, "l"),
    ])

  /// Pairs of values that mean different things, however much they look alike.
  static let different: [(String, [String: ParameterValue], [String: ParameterValue])] = [
    ("a text and another", ["word": .text("a")], ["word": .text("b")]),
    ("one text and two", ["words": .texts(["a b"])], ["words": .texts(["a", "b"])]),
    ("where texts are cut", ["words": .texts(["a", "bc"])], ["words": .texts(["ab", "c"])]),
    ("a number and none", ["number": .integer(2)], [:]),
    ("two numbers", ["ratio": .number(0.1)], ["ratio": .number(0.1.nextUp)]),
    ("true and false", ["flag": .boolean(true)], ["flag": .boolean(false)]),
    ("two choices", ["keep": .choice("newest")], ["keep": .choice("first")]),
    ("which name has the value", ["word": .text("a")], ["words": .texts(["a"])]),
    (
      "two files of one path", ["list": .file(FileReference(path: "l", sha256: .sha256("a")))],
      ["list": .file(FileReference(path: "l", sha256: .sha256("b")))]
    ),
  ]

  /// Pairs that mean the same.
  static let equal: [(String, [String: ParameterValue], [String: ParameterValue])] = [
    ("what is given and what is standard", ["number": .integer(1)], [:]),
    ("a whole number for a number", ["ratio": .integer(1)], ["ratio": .number(1)]),
    ("the two zeros", ["ratio": .number(-0.0)], ["ratio": .number(0)]),
    ("a choice as manifests have it", ["keep": .text("newest")], ["keep": .choice("newest")]),
    (
      "a file that was moved", ["list": .file(FileReference(path: "l", sha256: .sha256("a")))],
      ["list": .file(FileReference(path: "m", sha256: .sha256("a")))]
    ),
  ]

  private func key(_ given: [String: ParameterValue]) throws -> Digest {
    var key = KeyBuilder("test", version: 1)
    try Parameters(given, for: Self.component).add(to: &key)
    return key.key
  }

  @Test(arguments: different)
  func differentValuesHaveDifferentKeys(
    _: String, _ a: [String: ParameterValue], _ b: [String: ParameterValue]
  ) throws {
    #expect(try key(a) != key(b))
  }

  @Test(arguments: equal)
  func equalValuesHaveOneKey(
    _: String, _ a: [String: ParameterValue], _ b: [String: ParameterValue]
  ) throws {
    #expect(try key(a) == key(b))
  }

  @Test(arguments: [
    (["wrod": ParameterValue.text("a")], "odd: unknown parameter \"wrod\"; it has word, words"),
    (["number": .integer(10)], "odd: number cannot be 10; it must be a whole number from 0 to 9"),
    (["ratio": .number(1.5)], "odd: ratio cannot be 1.5; it must be a number from 0.0 to 1.0"),
    (["flag": .text("yes")], "odd: flag cannot be yes; it must be true or false"),
    (["words": .texts([])], "odd: words cannot be"),
    (["keep": .choice("oldest")], "odd: keep cannot be oldest; it must be one of first, newest"),
    (["share": .text("150%")], "odd: share cannot be 150%; it must be a share from 0% to 100%"),
  ])
  func refused(_ given: [String: ParameterValue], _ message: String) {
    let error = #expect(throws: CuveeError.self) {
      try Parameters(given, for: Self.component)
    }
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }

  @Test func aRequiredParameterIsMissed() {
    let component = ComponentDeclaration(
      name: "odd", summary: "o", parameters: [Parameter("word", .text, "w")])
    #expect(throws: CuveeError.badData("odd: missing parameter \"word\"")) {
      try Parameters([:], for: component)
    }
  }

  @Test func aFileMustHaveTheDigestThatIsStated() throws {
    let stated = FileReference(path: "list.txt", sha256: .sha256("a"))
    var values = try Parameters(["list": .file(stated)], for: Self.component)
    try values.setDigest(.sha256("a"), of: "list")
    #expect(values.file("list") == stated)
    #expect(throws: CuveeError.self) { try values.setDigest(.sha256("b"), of: "list") }
  }

  @Test func valuesSurviveAManifest() throws {
    let given: [String: ParameterValue] = [
      "word": .text("a"), "words": .texts(["a", "b"]), "number": .integer(3),
      "ratio": .number(0.25), "flag": .boolean(true), "keep": .choice("newest"),
      "share": .share(try #require(Share.parse("12.5%"))),
      "list": .file(FileReference(path: "l", sha256: .sha256("a"))),
    ]
    let bytes = try JSONEncoder().encode(Parameters(given, for: Self.component).values)
    let back = try JSONDecoder().decode([String: ParameterValue].self, from: bytes)
    #expect(try key(back) == key(given))
  }
}
