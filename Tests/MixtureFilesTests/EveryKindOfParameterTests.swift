import Bytes
import Declarations
import Foundation
import MixtureFiles
import Testing

/// A component with a parameter of every kind is read, refused, documented and put into the schema by
/// its declaration alone: the same component as a rule and as a format.
@Suite struct EveryKindOfParameterTests {
  private let digest = String(repeating: "ab", count: 32)

  private func steps(_ parameters: String) throws -> FilterFileStep? {
    let component = MixtureFilesSamples.everyParameter
    return try FilterFile.parse(
      bytes: Array("name: x\nsteps: [{ odd: { \(parameters) } }]\n".utf8), displayPath: "f.yaml",
      vocabulary: FilterVocabulary(rules: [component])
    ).steps.first?.value
  }

  @Test func isRead() throws {
    let step = try steps(
      "word: a b, words: [a, b], number: 3, ratio: 0.25, flag: true, keep: url-md5, share: 12.5%, "
        + "list: { path: l.txt, sha256: \(digest) }")
    let values: [String: ParameterValue] = [
      "word": .text("a b"), "words": .texts(["a", "b"]), "number": .integer(3),
      "ratio": .number(0.25), "flag": .boolean(true), "keep": .choice("url-md5"),
      "share": .share(try #require(Share.parse("0.125"))),
      "list": .file(FileReference(path: "l.txt", sha256: Digest(hex: digest))),
    ]
    #expect(step == .rule(FilterFileRule(rule: "odd", reason: nil, parameters: values)))
    #expect(
      try steps("list: l.txt")
        == .rule(
          FilterFileRule(
            rule: "odd", reason: nil, parameters: ["list": .file(FileReference(path: "l.txt"))])))
  }

  @Test(arguments: [
    ("word: []", "2:24: word must be a text, not a list"),
    ("number: 10", "2:26: number must be a whole number from 0 to 9, not \"10\""),
    ("ratio: much", "2:25: ratio must be a number from 0.0 to 1.0, not \"much\""),
    ("flag: yes", "2:24: flag must be true or false, not \"yes\""),
    ("keep: newset", "2:24: unknown value of keep \"newset\"; did you mean \"newest\"?"),
    ("share: 101%", "2:25: share must be a share from 0% to 100%, not \"101%\""),
    ("list: { sha256: 12 }", "2:24: missing key \"path\": the file"),
    ("wrod: a", "2:18: unknown key \"wrod\"; did you mean \"word\"?"),
  ])
  func isRefused(_ parameters: String, _ message: String) {
    let error = #expect(throws: CuveeError.self) { try steps(parameters) }
    #expect(error?.message.contains("f.yaml:\(message)") == true, "\(error?.message ?? "")")
  }

  @Test func isDocumented() {
    let text = MixtureReference.markdown(vocabulary: MixtureFilesSamples.everyKind)
    for line in [
      "`word` (a text): w.", "`words` (a text, or a list of them): ws.", "`number` (0 to 9): n.",
      "`ratio` (0.0 to 1.0): r.", "`flag` (true or false): f.",
      "`keep` (one of first, newest, url-md5): k.", "`share` (a share, such as 5% or 0.05): s.",
      "`list` (a path, or [`file`](#file)): l.",
    ] {
      #expect(text.contains("  - \(line)\n"), "\(line)")
    }
  }

  @Test func isInTheSchema() throws {
    let schema = MixtureSchema.json(vocabulary: MixtureFilesSamples.everyKind)
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(schema.utf8)) as? [String: Any])
    let sources = ((root["properties"] as? [String: Any])?["sources"] as? [String: Any])
    let source = sources?["additionalProperties"] as? [String: Any]
    let format = (source?["anyOf"] as? [[String: Any]])?.first
    let properties = try #require(format?["properties"] as? [String: [String: Any]])
    #expect(properties["word"]?["type"] as? String == "string")
    #expect((properties["words"]?["anyOf"] as? [Any])?.count == 2)
    #expect(properties["number"]?["maximum"] as? Int == 9)
    #expect(properties["ratio"]?["type"] as? String == "number")
    #expect(properties["flag"]?["type"] as? String == "boolean")
    #expect(properties["keep"]?["enum"] as? [String] == ["first", "newest", "url-md5"])
    #expect(properties["share"]?["type"] as? [String] == ["number", "string"])
    #expect((properties["list"]?["anyOf"] as? [Any])?.count == 2)
  }
}
