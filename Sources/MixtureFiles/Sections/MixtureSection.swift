import Bytes
import Declarations
import Yams

/// The file itself: its keys at the top.
enum MixtureSection {
  /// A row's length in tokens.
  static let rowLength = ValueSyntax<UInt64>.integer(1...(1 << 24))

  static let name = Key.required("name", ValueSyntax<String>.name, "the name of the mixture")
  static let seed = Key.optional(
    "seed", .integer(0...UInt64.max), "the number that all randomness comes from", absent: "0")
  static let tokenizer = Key.required(
    "tokenizer", TokenizerSection.syntax, "a registered name such as gpt2, or a mapping")
  static let specialTokens = Key.choice(
    "special_tokens", standard: SpecialTokenHandling.ordinary,
    "how to treat special tokens, such as `<|endoftext|>`, that appear literally in a text; the "
      + "manifest counts them by source")
  static let sequenceLength = Key.required(
    "sequence_length", rowLength, "the length of a row in tokens, such as 2048")
  static let sources = Key.required("sources", sourcesSyntax, "the corpora by name")
  static let steps = Key.optional(
    "steps", ProgramSection.syntax.list,
    "what is done with the documents of several sources after the steps of their own, in order")
  static let deduplicate = Key.optional(
    "deduplicate", DeduplicateSection.syntax.list,
    "deduplications across sources, in order; they come after all `steps`")
  static let decontaminate = Key.optional(
    "decontaminate", DecontaminateSection.syntax, "removal of evaluation data", supported: false)
  static let phases = Key.required(
    "phases", PhaseSection.syntax.list, "the phases of the output, in order")
  static let packing = Key.choice(
    "packing", noun: "packing", standard: PackingKind.concatenate, "how documents fill rows")
  static let repetition = Key.optional(
    "repetition", RepetitionSection.syntax, "how often a source may be read")
  static let holdOut = Key.optional(
    "hold_out", HoldOutSection.syntax, "documents kept out of training", supported: false)
  static let exclude = Key.optional(
    "exclude", ValueSyntax.text("a path").oneOrMore, "files that list documents to leave out",
    supported: false)
  static let output = Key.optional("output", OutputSection.syntax, "how the shards are written")
  static let onBadRecord = Key.choice(
    "on_bad_record", standard: OnBadRecord.skip,
    "what happens at a record that cannot be read")
  static let maxBadRecords = Key.optional(
    "max_bad_records", .integer(0...UInt64(Int.max)),
    "the run fails when more records than this are bad", absent: "no limit")
  static let maxBadShare = Key.optional(
    "max_bad_share", ValueSyntax.shareOfAll,
    "the run fails when more than this share of a source's records are bad, because the source is "
      + "then most likely read the wrong way", absent: "10%")

  static let description = SectionDescription(
    name: "mixture", summary: "The keys at the top of the file.",
    keys: [
      name.description, seed.description, tokenizer.description, specialTokens.description,
      sequenceLength.description,
      sources.description, steps.description, deduplicate.description, decontaminate.description,
      phases.description,
      packing.description, repetition.description, holdOut.description, exclude.description,
      output.description, onBadRecord.description, maxBadRecords.description,
      maxBadShare.description,
    ])

  /// The `source` column of a row has 16 bits.
  private static let maximumSources = 1 << 16

  private static let sourcesSyntax = ValueSyntax<[Source]>(
    form: .mapping(.section(SourceSection.description))
  ) { node, name, reading in
    guard let pairs = reading.pairs(of: node, as: name) else { return nil }
    if pairs.isEmpty { reading.report(node.place, "sources is empty; name at least one corpus") }
    if pairs.count > maximumSources {
      reading.report(node.place, "\(pairs.count) sources are more than \(maximumSources)")
    }
    // A bad name is known all the same, so that it is blamed once.
    reading.sourceNames = pairs.map(\.key)
    var sources: [Source] = []
    for (key, mark, value) in pairs {
      if !NameRule.accepts(key) {
        reading.report(mark, "\"\(YAMLText.excerpt(key))\": a source needs \(NameRule.words)")
      }
      if let source = SourceSection.read(value, name: key, mark: mark, &reading) {
        sources.append(source)
      }
    }
    return sources
  }

  /// The whole file; what stands in for missing values is never used, as there is an error then.
  static func read(
    _ root: Node, displayPath: String, sha256: Digest, _ reading: inout Reading
  ) -> MixtureFile? {
    guard let entries = reading.entries(of: root, description, as: "a mixture file") else {
      return nil
    }
    // Sources first: other sections refer to them.
    let sources = reading.value(sources, in: entries) ?? []
    let phases = reading.value(phases, in: entries) ?? []
    let tokenizer = reading.marked(tokenizer, in: entries)
    let file = MixtureFile(
      displayPath: displayPath, sha256: sha256,
      name: reading.value(name, in: entries) ?? "",
      seed: reading.value(seed, in: entries) ?? 0,
      tokenizer: tokenizer ?? Marked(.registered(""), entries.mark),
      specialTokens: reading.value(specialTokens, in: entries) ?? .ordinary,
      sequenceLength: Int(reading.value(sequenceLength, in: entries) ?? 1),
      sources: sources,
      steps: (reading.value(steps, in: entries) ?? []).map(\.value),
      deduplicate: (reading.value(deduplicate, in: entries) ?? []).map(\.value),
      phases: phases.map(\.value),
      packing: reading.value(packing, in: entries) ?? .concatenate,
      repetition: reading.value(repetition, in: entries) ?? Repetition(),
      output: reading.value(output, in: entries) ?? Output(),
      onBadRecord: reading.value(onBadRecord, in: entries) ?? .skip,
      maxBadRecords: reading.value(maxBadRecords, in: entries).map { Int($0) },
      maxBadShare: reading.value(maxBadShare, in: entries)
        ?? .tenPercent)
    _ = reading.value(decontaminate, in: entries)
    _ = reading.value(holdOut, in: entries)
    _ = reading.value(exclude, in: entries)
    CrossChecks.check(file, entries, &reading)
    return file
  }
}
