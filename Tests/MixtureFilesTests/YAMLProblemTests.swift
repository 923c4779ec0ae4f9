import Bytes
import MixtureFiles
import Testing

/// Files that are not YAML, or not what YAML allows here: text, and its only error.
@Suite struct YAMLProblemTests {
  @Test(arguments: [
    ("", "1:1: the file is empty"),
    ("# nothing\n", "1:1: the file is empty"),
    (
      "just words\n",
      "1:1: a mixture file must be a mapping with the keys name, seed, tokenizer, special_tokens, sequence_length, sources, steps, deduplicate, decontaminate, phases, packing, repetition, hold_out, exclude, output, on_bad_record, max_bad_records, max_bad_share, not \"just words\""
    ),
    ("name: a\nseed: 1\nname: b\n", "3:1: the key \"name\" was already given at 1:1"),
    (
      "a:\n  b: 1\n  c: 2\n\n  # more\n  \"b\" : 3\n", "6:3: the key \"b\" was already given at 2:3"
    ),
    ("x: { b: 1, b: 2 }\n", "1:6: the key \"b\" is given more than once in this mapping"),
    (
      "x: [a, b\ny: 1\n",
      "2:2: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence that began at 1:4"
    ),
    (
      "x: [*.jsonl]\n",
      "1:5: \"*\" begins a YAML alias here; put a pattern that begins with it in quotes, as in \"*.jsonl\""
    ),
    (
      "x: [*a]\n",
      "1:5: \"*\" begins a YAML alias here; put a pattern that begins with it in quotes, as in \"*.jsonl\""
    ),
    (
      "x: { text: {a}{b} }\n",
      "1:15: the braces at 1:12 end and more text follows; put text that holds braces in quotes, as in text: \"{prompt} {completion}\""
    ),
    (
      "x: { text: {a} {b} }\n",
      "1:16: the braces at 1:12 end and more text follows; put text that holds braces in quotes, as in text: \"{prompt} {completion}\""
    ),
    ("x:\n\ty: 1\n", "2:1: a tab cannot indent YAML; use spaces"),
    ("x: @y\n", "1:4: a value cannot begin with \"@\" in YAML; put it in quotes"),
    ("x: 1\n---\ny: 2\n", "2:1: a second YAML document begins here; a mixture file holds one"),
    ("x: é\u{1}\n", "1:5: the character U+0001 is not allowed in YAML; remove it"),
    ("x: \u{FFFE}\n", "1:4: the character U+FFFE is not allowed in YAML; remove it"),
    ("x: y: z\n", "1:5: not valid YAML: mapping values are not allowed in this context"),
    (
      "x: \"abc\n",
      "2:1: not valid YAML: found unexpected end of stream while scanning a quoted scalar that began at 1:4"
    ),
  ]) func message(_ text: String, _ error: String) {
    #expect(MixtureFilesSamples.errors(text) == [error])
  }

  @Test(arguments: [
    (Array("name: a\nseed: é".utf8) + [0xFF, 0x0A], "2:8: not UTF-8; save the file as UTF-8"),
    ([0xC3], "1:1: not UTF-8; save the file as UTF-8"),
    ([0xFF, 0xFE, 0x61, 0x00], "1:1: this is UTF-16; save the file as UTF-8"),
    (Array("a: b".utf8) + [0x00], "1:5: the character U+0000 is not allowed in YAML; remove it"),
    (
      Array(String(repeating: "[", count: 100_000).utf8),
      "1:1: brackets or lists are nested more than 1000 deep"
    ),
  ]) func bytes(_ bytes: [UInt8], _ error: String) {
    #expect(MixtureFilesSamples.errors(bytes: bytes) == [error])
  }

  @Test func byteOrderMarkAndCRLFAreFine() throws {
    let text = "\u{FEFF}" + MixtureFilesSamples.minimal.replacing("\n", with: "\r\n")
    #expect(try MixtureFilesSamples.parse(text).name == "small")
  }

  @Test func everyErrorIsOneLine() throws {
    #expect(
      throws: CuveeError.badData(
        "m.yaml:1:1: missing key \"tokenizer\": a registered name such as gpt2, or a mapping\n"
          + "error: m.yaml:1:1: missing key \"sources\": the corpora by name\n"
          + "error: m.yaml:1:1: missing key \"phases\": the phases of the output, in order\n"
          + "error: m.yaml:2:18: sequence_length must be a whole number from 1 to 16777216, not "
          + "the block of text \"a\\nb\""
      )
    ) {
      _ = try MixtureFilesSamples.parse("name: x\nsequence_length: |\n  a\n  b")
    }
  }

  @Test func manyErrorsAreCut() {
    let keys = (0..<60).map { "wrong-key-\($0): 1\n" }.joined()
    let errors = MixtureFilesSamples.errors(MixtureFilesSamples.minimal + keys)
    #expect(errors.count == 51)
    #expect(errors.last == " 10 more errors are not shown")
  }

  @Test func filesThatCannotBeRead() {
    #expect(
      throws: CuveeError.missingInput(
        "x.yaml: there is no such mixture file; there is no folder \"nonexistent\" in /")
    ) {
      _ = try MixtureFile.read(
        path: "/nonexistent/x.yaml", displayPath: "x.yaml",
        vocabulary: MixtureFilesSamples.vocabulary)
    }
    #expect(throws: CuveeError.missingInput("/tmp: is a directory; name a mixture file in it")) {
      _ = try MixtureFile.read(
        path: "/tmp", displayPath: "/tmp", vocabulary: MixtureFilesSamples.vocabulary)
    }
  }
}
