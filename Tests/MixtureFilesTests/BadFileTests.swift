import MixtureFiles
import Testing

/// One change to the smallest file, and the errors it must give.
struct BadFile: CustomTestStringConvertible, Sendable {
  /// What stands in the file.
  var old: String
  /// What is put there instead.
  var new: String
  /// The errors, as `line:column: message`.
  var errors: [String]

  init(_ old: String, _ new: String, _ errors: String...) {
    (self.old, self.new, self.errors) = (old, new, errors)
  }

  var testDescription: String { "\(old) -> \(new)" }
}

@Suite struct BadFileTests {
  @Test(arguments: top + sources + tokenizers + phases + deduplications + programs + others)
  func errors(_ file: BadFile) throws {
    let minimal = MixtureFilesSamples.minimal
    try #require(file.old.isEmpty || minimal.contains(file.old))
    let text =
      file.old.isEmpty ? minimal + file.new + "\n" : minimal.replacing(file.old, with: file.new)
    #expect(MixtureFilesSamples.errors(text) == file.errors)
  }

  static let top = [
    BadFile(
      "", "sede: 3",
      "8:1: unknown key \"sede\"; did you mean \"seed\"?"),
    BadFile(
      "", "Output: {}",
      "8:1: unknown key \"Output\"; did you mean \"output\"?"),
    BadFile(
      "", "epochs: 2",
      "8:1: unknown key \"epochs\"; known keys: name, seed, tokenizer, special_tokens, sequence_length, sources, "
        + "steps, deduplicate, decontaminate, phases, packing, repetition, hold_out, exclude, output, "
        + "on_bad_record, ... (18 in all)"),
    BadFile("name: small\n", "", "1:1: missing key \"name\": the name of the mixture"),
    BadFile(
      "name: small", "name: ../x",
      "1:7: name must be a name of at most 100 letters, digits, \".\", \"_\" and \"-\" that begins "
        + "with a letter or digit, not \"../x\""),
    BadFile(
      "name: small", "name:",
      "1:6: name has no value; it must be a name of at most 100 letters, digits, \".\", \"_\" and "
        + "\"-\" that begins with a letter or digit"),
    BadFile(
      "sequence_length: 8", "sequence_length: 0",
      "3:18: sequence_length must be a whole number from 1 to 16777216, not \"0\""),
    BadFile(
      "sequence_length: 8", "sequence_length: \"8\"",
      "3:18: sequence_length must be a whole number from 1 to 16777216, not the quoted text \"8\""),
    BadFile(
      "sequence_length: 8", "sequence_length: +8",
      "3:18: sequence_length must be a whole number from 1 to 16777216, not \"+8\""),
    BadFile(
      "sequence_length: 8", "sequence_length: 2k",
      "3:18: sequence_length must be a whole number from 1 to 16777216, not \"2k\""),
    BadFile(
      "", "seed: 18446744073709551616",
      "8:7: seed must be a whole number from 0 to 18446744073709551615, not "
        + "\"18446744073709551616\""),
    BadFile(
      "sequence_length: 8", "sequence_length: 2048",
      "7:5: phase \"main\" has 1000 tokens, less than one row of 2048; raise tokens or lower "
        + "sequence_length"),
    BadFile(
      "", "packing: best-fit",
      "8:10: packing \"best-fit\" is not supported yet; what works now: concatenate"),
    BadFile(
      "", "packing: bestfit",
      "8:10: unknown packing \"bestfit\"; did you mean \"best-fit\"?"),
    BadFile(
      "", "packing: [concatenate]",
      "8:10: packing must be one of concatenate, best-fit, one-document, not a list"),
    BadFile("", "? [a, b]\n: 1", "8:3: a key must be a name, not a list"),
    BadFile(
      "", "<<: { seed: 1 }",
      "8:1: YAML merge keys (<<) are not supported; write the keys out"),
    BadFile(
      "", "seed: !!binary 1",
      "8:7: YAML tags (tag:yaml.org,2002:binary) are not supported; remove it"),
  ]

  static let sources = [
    BadFile(
      "  a: { paths: [a.jsonl], format: jsonl }", "  a: { path: [a.jsonl], format: jsonl }",
      "5:6: missing key \"paths\": the input files; `*`, `?`, `[a-z]`, `{a,b}` and `**` match "
        + "names. Relative to the mixture file, or to `--data`",
      "5:8: unknown key \"path\"; did you mean \"paths\"?"),
    BadFile(
      "format: jsonl", "format: json", "5:34: unknown format \"json\"; did you mean \"jsonl\"?"),
    BadFile(
      "format: jsonl", "format: parquet",
      "5:34: unknown format \"parquet\"; known formats: jsonl, flan-cot, natural-instructions, "
        + "text, lines"),
    BadFile(
      ", format: jsonl", "",
      "5:6: missing key \"format\": the format of the files; plain, gzip or zstd is found by itself"
    ),
    BadFile(
      "format: jsonl", "format: jsonl, max_documents_per_file: 3",
      "5:41: \"max_documents_per_file\" belongs to format \"natural-instructions\", not to \"jsonl\""
    ),
    BadFile(
      "format: jsonl", "format: natural-instructions, max_documents: 3",
      "5:56: unknown key \"max_documents\"; did you mean \"max_documents_per_file\"?"),
    BadFile(
      "format: jsonl", "format: natural-instructions, examples: many",
      "5:66: examples must be a whole number from 0 to 9223372036854775807, not \"many\""),
    BadFile(
      "format: jsonl", "format: text, text: \"{x}\"",
      "5:40: format \"text\" makes its own text and id; remove \"text\""),
    BadFile(
      "format: jsonl", "format: jsonl, text: {prompt}",
      "5:47: text must be a template in quotes, as in text: \"{prompt}{completion}\""),
    BadFile("paths: [a.jsonl]", "paths: []", "5:15: paths is an empty list"),
    BadFile(
      "paths: [a.jsonl]", "paths: [[a]]",
      "5:16: each of paths must be a path or a pattern of paths, not a list"),
    BadFile(
      "paths: [a.jsonl]", "paths: [\"\"]",
      "5:16: each of paths must be a path or a pattern of paths, not the quoted text \"\""),
    BadFile(
      "paths: [a.jsonl]", "paths: ",
      "5:15: paths has no value; it must be a path or a pattern of paths"),
    BadFile(
      "  a: {", "  a/b: { paths: x, format: text }\n  a: {",
      "5:3: \"a/b\": a source needs a name of at most 100 letters, digits, \".\", \"_\" and \"-\" "
        + "that begins with a letter or digit",
      "5:3: source \"a/b\" is in no phase; give it a weight, or a weight of 0 to leave it out"),
    BadFile(
      "  a: { paths: [a.jsonl], format: jsonl }", "  a: [a.jsonl]",
      "5:6: source \"a\" must be a mapping with the keys paths, format, text, id, url, timestamp, "
        + "steps, examples, max_documents_per_file, not a list"),
    BadFile(
      "sources:\n  a: { paths: [a.jsonl], format: jsonl }", "sources: {}",
      "4:10: sources is empty; name at least one corpus",
      "6:30: unknown source \"a\"; there are no sources"),
    BadFile(
      "sources:\n  a: { paths: [a.jsonl], format: jsonl }\n", "",
      "1:1: missing key \"sources\": the corpora by name"),
    BadFile(
      "format: jsonl", "format: jsonl, steps: [c5]",
      "5:49: unknown filter \"c5\"; did you mean \"c4\"?"),
    BadFile(
      "format: jsonl", "format: jsonl, steps: [{filter: c5}]",
      "5:58: unknown filter \"c5\"; did you mean \"c4\"?"),
    BadFile(
      "format: jsonl", "format: jsonl, steps: [{deduplicate: {exact: true, lines: true}}]",
      "5:63: a deduplication has one kind; write each as one of its own"),
    BadFile(
      "format: jsonl", "format: jsonl, steps: [{deduplicate: {urls: true, keep: oldest}}]",
      "5:82: unknown value of keep \"oldest\"; known values: first, newest, url-md5"),
    BadFile(
      "format: jsonl", "format: jsonl, steps: [{language: en}]",
      "5:50: language is not supported yet; remove it"),
    BadFile(
      "format: jsonl", "format: jsonl, steps: [{}, {dedup: {}}]",
      "5:49: a step needs a key: filter, language or deduplicate",
      "5:54: unknown key \"dedup\"; did you mean \"deduplicate\"?"),
    BadFile(
      "format: jsonl", "format: jsonl, steps: [{deduplicate: {exact: true}, language: en}]",
      "5:49: a step has one key; write each as a step of its own",
      "5:78: language is not supported yet; remove it"),
    BadFile(
      "format: jsonl", "format: jsonl, steps: [{deduplicate: {near: {threshold: 0.8}}}]",
      "5:64: near is not supported yet; remove it"),
    BadFile(
      "format: jsonl", "format: jsonl, steps: [{deduplicate: {}}]",
      "5:63: this deduplication removes nothing; give it \"exact: true\""),
  ]

  static let tokenizers = [
    BadFile(
      "tokenizer: gpt2", "tokenizer: gpt-2",
      "2:12: unknown tokenizer \"gpt-2\"; did you mean \"gpt2\"?"),
    BadFile(
      "tokenizer: gpt2", "tokenizer: llama",
      "2:12: unknown tokenizer \"llama\"; known tokenizers: gpt2, p50k"),
    BadFile(
      "tokenizer: gpt2", "tokenizer: samples/tokenizer.json",
      "2:12: unknown tokenizer \"samples/tokenizer.json\"; for a file write tokenizer: { path: "
        + "samples/tokenizer.json }"),
    BadFile(
      "tokenizer: gpt2", "tokenizer: { sha256: abc, pad: -1 }",
      "2:12: missing key \"path\": the file: `*.tiktoken`, a Hugging Face `tokenizer.json`, or "
        + "GPT-2's vocabulary with its merges beside it. Relative to the mixture file, or to `--data`",
      "2:22: sha256 must be 64 lower-case hexadecimal digits, not \"abc\"",
      "2:32: pad must be a whole number from 0 to 4294967295, not \"-1\""),
    BadFile(
      "tokenizer: gpt2", "tokenizer: { path: t, sentinels: {first: 4294967295, count: 2} }",
      "2:61: first + count passes 2^32, the number of ids"),
    BadFile(
      "tokenizer: gpt2", "tokenizer: [gpt2]",
      "2:12: tokenizer must be a registered name, or a mapping with a path, not a list"),
  ]

  static let phases = [
    BadFile(
      "tokens: 1k", "tokens: 2.62X",
      "7:15: tokens must be a whole number of tokens such as 4096, 10k, 31.3M or 2.62B, not "
        + "\"2.62X\""),
    BadFile(
      "tokens: 1k", "tokens: 1.5",
      "7:15: tokens must be a whole number of tokens such as 4096, 10k, 31.3M or 2.62B, not \"1.5\""
    ),
    BadFile(
      "tokens: 1k, ", "",
      "7:5: missing key \"tokens\": the number of tokens to write, such as 2.62B"),
    BadFile(
      "a: 100%", "a: 95%",
      "7:28: the weights sum to 95%, not to 100%"),
    BadFile(
      "a: 100%", "a: 100.0005%",
      "7:28: the weights sum to 100.0005%, not to 100%"),
    BadFile("a: 100%", "a: 0", "7:28: all weights are zero; give at least one source a weight"),
    BadFile("a: 100%", "a: 0%", "7:28: all weights are zero; give at least one source a weight"),
    BadFile(
      "a: 100%", "a: -5%", "7:33: the weight of \"a\" is negative; the least weight is 0"),
    BadFile(
      "a: 100%", "a: lots",
      "7:33: the weight of \"a\" must be a share such as 5% or 0.05, not \"lots\""),
    BadFile(
      "a: 100%", "b: 100%",
      "7:30: unknown source \"b\"; known sources: a"),
    BadFile(
      "{ a: 100% } }", "{ a: 50%, c: 1 } }\n      # c is new\n",
      "7:38: unknown source \"c\"; known sources: a"
    ),
    BadFile(
      "weights: { a: 100% }", "weights: {}", "7:28: weights is empty; name the sources"),
    BadFile(
      "weights: { a: 100% }", "weights: [a]", "7:28: weights must be a mapping, not a list"),
    BadFile(
      "weights: { a: 100% }", "weights: { a: 100% }, objective: ul3",
      "7:52: unknown objective \"ul3\"; did you mean \"ul2\"?"),
    BadFile(
      "weights: { a: 100% }", "weights: { a: 100% }, sequence_length: 16",
      "7:41: sequence_length is not supported yet; remove it"),
    BadFile(
      "weights: { a: 100% } }", "weights: { a: 100% } }\n  - { tokens: 8, weights: { a: 1 } }",
      "8:5: a second phase is named \"main\"; give each phase its own \"name\""),
    BadFile(
      "phases:\n  - { tokens: 1k, weights: { a: 100% } }", "phases: []",
      "6:9: phases is an empty list"),
    BadFile(
      "phases:\n  - { tokens: 1k", "phases:\n    { tokens: 1k",
      "7:5: phases must be a list, not a mapping"),
    BadFile(
      "  a: {", "  b: { paths: b, format: jsonl }\n  a: {",
      "5:3: source \"b\" is in no phase; give it a weight, or a weight of 0 to leave it out"),
    BadFile(
      "  a: { paths: [a.jsonl], format: jsonl }\nphases:\n  - { tokens: 1k, weights: { a: 100% } }",
      """
        a: { paths: a, format: jsonl }
        b: { paths: b, format: jsonl }
      phases:
        - tokens: 1k
          weights:
            a: 50%
            b: 50

      """,
      "11:10: \"50\" stands among percentages; write all weights of a phase as percentages, or all "
        + "as plain numbers"),
  ]

  static let deduplications = [
    BadFile(
      "", "deduplicate: [{ sources: [a, b], exact: true }]",
      "8:30: unknown source \"b\"; known sources: a"),
    BadFile(
      "", "deduplicate: [{ sources: [a, a], exact: true }]",
      "8:30: source \"a\" is listed twice in sources"),
    BadFile(
      "", "deduplicate: [{ sources: [a] }]",
      "8:15: this deduplication removes nothing; give it \"exact: true\""),
    BadFile(
      "", "deduplicate: [{ sources: [a], exact: false }]",
      "8:15: this deduplication removes nothing; give it \"exact: true\""),
    BadFile(
      "", "deduplicate: [{ sources: [a], exact: yes }]",
      "8:38: exact must be true or false, not \"yes\""),
    BadFile(
      "", "deduplicate: [{ sources: [a], near: true, spans: true }]",
      "8:31: near is not supported yet; remove it",
      "8:43: spans is not supported yet; remove it"),
    BadFile(
      "", "deduplicate: { sources: [a], exact: true }",
      "8:14: deduplicate must be a list, not a mapping"),
    BadFile(
      "", "deduplicate: [{ exact: true }]",
      "8:15: missing key \"sources\": the sources whose documents are compared with each other"),
    BadFile(
      "  a: { paths: [a.jsonl], format: jsonl }\nphases:\n  - { tokens: 1k, weights: { a: 100% } }",
      """
        a: { paths: a, format: jsonl }
        b: { paths: b, format: jsonl }
        c: { paths: c, format: jsonl }
      deduplicate: [{ sources: [a, b], priority: [c, b], exact: true }]
      phases:
        - { tokens: 1k, weights: { a: 1, b: 1, c: 0 } }

      """,
      "8:44: priority lacks source \"a\"",
      "8:44: priority has \"c\", which is not among the entry's sources"),
  ]

  static let programs = [
    BadFile(
      "", "steps: [{ sources: [b], filter: c4 }]", "8:21: unknown source \"b\"; known sources: a"),
    BadFile(
      "", "steps: [{ sources: [a, a], filter: c4 }]",
      "8:24: source \"a\" is listed twice in sources"),
    BadFile(
      "", "steps: [{ filter: c5 }]", "8:19: unknown filter \"c5\"; did you mean \"c4\"?"),
    BadFile(
      "", "steps: [{ sources: [a] }]", "8:9: a step needs one of the keys filter and deduplicate"),
    BadFile(
      "", "steps: [{ filter: c4, deduplicate: { exact: true } }]",
      "8:9: a step does one thing; write each of deduplicate, filter as a step of its own"),
    BadFile(
      "", "steps: [{ deduplicate: { exact: true, priority: [b] } }]",
      "8:49: priority lacks source \"a\"",
      "8:49: priority has \"b\", which is not among the entry's sources",
      "8:50: unknown source \"b\"; known sources: a"),
    BadFile(
      "", "steps: [{ deduplicate: { priority: [a] } }]",
      "8:24: this deduplication removes nothing; give it \"exact: true\""),
    BadFile("", "steps: [{ score: { model: x } }]", "8:11: score is not supported yet; remove it"),
    BadFile(
      "", "steps: [c4]",
      "8:9: each of steps must be a mapping with the keys sources, filter, "
        + "deduplicate, language, score, decontaminate, not \"c4\""),
    BadFile("", "steps: []", "8:8: steps is an empty list"),
  ]

  static let others = [
    BadFile(
      "", "repetition: { max_epochs: 0, when_exhausted: explode }",
      "8:27: max_epochs must be a whole number from 1 to 1000000, not \"0\"",
      "8:46: unknown value of when_exhausted \"explode\"; known values: fail, renormalise, stop"),
    BadFile(
      "", "repetition: { when_exhausted: renormalize }",
      "8:31: unknown value of when_exhausted \"renormalize\"; did you mean \"renormalise\"?"),
    BadFile(
      "", "output: { shard_size: 1KiB, compression: gzip }",
      "8:23: shard_size must be a size from 4KiB to 2GiB, not \"1KiB\"",
      "8:42: compression must be zstd:LEVEL with a level from 1 to 22, not \"gzip\""),
    BadFile(
      "", "output: { compression: zstd:23 }",
      "8:24: compression must be zstd:LEVEL with a level from 1 to 22, not \"zstd:23\""),
    BadFile(
      "", "output: 256MiB",
      "8:9: output must be a mapping with the keys shard_size, compression, not \"256MiB\""),
    BadFile(
      "", "output:",
      "8:8: output has no value; it must be a mapping with the keys shard_size, compression"),
    BadFile(
      "", "on_bad_record: ignore\nmax_bad_records: 1.5\nmax_bad_share: 110%",
      "8:16: unknown value of on_bad_record \"ignore\"; known values: skip, fail",
      "9:18: max_bad_records must be a whole number from 0 to 9223372036854775807, not \"1.5\"",
      "10:16: max_bad_share must be a share from 0% to 100%, not \"110%\""),
    BadFile(
      "", "hold_out: { share: 100%, maximum_rows: 0 }",
      "8:1: hold_out is not supported yet; remove it",
      "8:20: share must be below 100%",
      "8:40: maximum_rows must be a whole number from 1 to 4294967295, not \"0\""),
    BadFile(
      "", "decontaminate: { agianst: [x] }",
      "8:1: decontaminate is not supported yet; remove it",
      "8:16: missing key \"against\": files whose texts must not be in the training data",
      "8:18: unknown key \"agianst\"; did you mean \"against\"?"),
  ]
}
