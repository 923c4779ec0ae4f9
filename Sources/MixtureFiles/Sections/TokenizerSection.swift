import Bytes
import Yams

/// The section `tokenizer`: a registered name, or a file in full.
enum TokenizerSection {
  static let path = Key.required(
    "path", ValueSyntax.text("a path"),
    "the file: `*.tiktoken`, a Hugging Face `tokenizer.json`, or GPT-2's vocabulary with its "
      + "merges beside it. Relative to the mixture file, or to `--data`")
  static let sha256 = Key.optional(
    "sha256", ValueSyntax<Digest>.sha256, "the digest that the file must have",
    absent: "not checked")
  static let pattern = Key.optional(
    "pattern", ValueSyntax.text("the name of a pattern, such as gpt2"),
    "how text is cut into words before merging, where the file does not say it",
    absent: "as the file says")
  static let beginningOfDocument = Key.optional(
    "beginning_of_document", ValueSyntax<TokenReference>.token,
    "the token written before each document, as in Llama's `<s>`", absent: "none")
  static let endOfDocument = Key.optional(
    "end_of_document", ValueSyntax<TokenReference>.token,
    "the token written after each document; `none` says that documents follow one another without a "
      + "mark, and silences the note about it",
    absent: "the vocabulary's `<|endoftext|>` or the like, where it has one")
  static let pad = Key.optional(
    "pad", ValueSyntax<UInt32>.tokenID, "the id that fills rows", absent: "none")
  static let sentinels = Key.optional(
    "sentinels", SentinelsSection.syntax, "ids that stand for masked text", absent: "none")

  static let description = SectionDescription(
    name: "tokenizer",
    summary: "A tokenizer in full. A registered name instead stands for a file with a known "
      + "digest, searched in `--data`, `$CUVEE_TOKENIZERS` and beside the mixture file.",
    keys: [
      path.description, sha256.description, pattern.description,
      beginningOfDocument.description, endOfDocument.description, pad.description,
      sentinels.description,
    ])

  static let syntax = ValueSyntax<TokenizerReference>(
    form: .either(.tokenizerName, .section(description))
  ) { node, name, reading in
    if case .mapping = node { return file(node, name, &reading) }
    let text = ValueSyntax.text("a registered name, or a mapping with a path")
    guard let tokenizer = text.read(node, name, &reading) else { return nil }
    let known = reading.vocabulary.tokenizers
    if !known.contains(tokenizer) {
      let shown = YAMLText.excerpt(tokenizer)
      let looksLikePath =
        tokenizer.contains("/") || tokenizer.hasSuffix(".json") || tokenizer.hasSuffix(".tiktoken")
      let hint =
        looksLikePath
        ? "; for a file write tokenizer: { path: \(shown) }"
        : NearestName.hint(for: tokenizer, among: known, noun: "tokenizers")
      reading.report(node.place, "unknown tokenizer \"\(shown)\"\(hint)")
    }
    return .registered(tokenizer)
  }

  private static func file(
    _ node: Node, _ name: String, _ reading: inout Reading
  ) -> TokenizerReference? {
    guard let entries = reading.entries(of: node, description, as: name) else { return nil }
    return .file(
      path: reading.value(path, in: entries) ?? "",
      sha256: reading.value(sha256, in: entries),
      pattern: reading.value(pattern, in: entries),
      beginningOfDocument: reading.value(beginningOfDocument, in: entries),
      endOfDocument: reading.value(endOfDocument, in: entries),
      pad: reading.value(pad, in: entries),
      sentinels: reading.value(sentinels, in: entries))
  }
}

/// The section `sentinels` of a tokenizer.
enum SentinelsSection {
  static let first = Key.required(
    "first", ValueSyntax<UInt32>.tokenID, "the first id")
  static let count = Key.required(
    "count", ValueSyntax<UInt64>.integer(1...UInt64(UInt32.max)), "how many ids there are")

  static let description = SectionDescription(
    name: "tokenizer.sentinels", summary: "A range of ids that no text is made into.",
    keys: [first.description, count.description])

  static let syntax = ValueSyntax<SentinelRange>(form: .section(description)) {
    node, name, reading in
    guard let entries = reading.entries(of: node, description, as: name),
      let first = reading.value(first, in: entries),
      let count = reading.marked(count, in: entries)
    else { return nil }
    if UInt64(first) + count.value > 1 << 32 {
      reading.report(count.mark, "first + count passes 2^32, the number of ids")
    }
    return SentinelRange(first: first, count: UInt32(count.value))
  }
}
