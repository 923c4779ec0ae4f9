import ArgumentParser
import Bytes
import Pipeline
import Shards

/// `cuvee inspect OUT` or `cuvee inspect SHARD`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what is in an output, or in one of its shards.",
    discussion: """
      EXAMPLES:
        cuvee inspect out
        cuvee inspect out/01-pile/shard.00000.mds.zstd
      """)

  @Argument(help: "The folder of an output, or a shard in one.", completion: .file())
  var path: String
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func run() throws {
    if path.hasSuffix(".mds.zstd") {
      let facts = try ShardFacts(path: path)
      if json { try Terminal.printJSON(facts) } else { show(facts) }
    } else {
      let output = try OutputReader(path)
      if json { try Terminal.printJSON(output.manifest) } else { show(output.manifest) }
    }
  }

  private func show(_ manifest: Manifest) {
    Terminal.print(
      "\(manifest.name): \(Figures.grouped(manifest.rows)) rows of \(manifest.sequenceLength) "
        + "tokens (\(manifest.tokenizer.dtype)), tokenizer \(manifest.tokenizer.name), "
        + "seed \(manifest.seed)")
    func shown(_ id: UInt32?) -> String { id.map { "\($0)" } ?? "none" }
    Terminal.print(
      "token before each document: \(shown(manifest.tokenizer.beginningOfDocument)), after: "
        + shown(manifest.tokenizer.endOfDocument))
    for phase in manifest.phases {
      let raw = phase.shards.reduce(0) { $0 &+ $1.content.rawBytes }
      let compressed = phase.shards.reduce(0) { $0 &+ $1.content.compressedBytes }
      Terminal.print("")
      Terminal.print(
        "phase \(phase.name) (\(phase.folder)): \(Figures.grouped(phase.rows)) rows, "
          + "\(Figures.grouped(phase.tokens)) tokens in \(phase.shards.count) shards, "
          + "\(Figures.bytes(compressed)) (\(Figures.bytes(raw)) uncompressed)")
      var table = Table(["source", "weight", "share", "rows"], rightAligned: [1, 2, 3])
      for share in phase.sources {
        table.add([
          share.name, Figures.percent(share.targetShare), Figures.percent(share.actualShare),
          Figures.grouped(share.rows),
        ])
      }
      table.print()
      let bound = phase.prefixErrorBound.map { ", bound \(Figures.decimals($0, 3))" } ?? ""
      Terminal.print(
        "greatest prefix error \(Figures.decimals(phase.greatestPrefixError, 3)) rows\(bound)"
          + (phase.stretches.map { $0.count > 1 } == true ? " (by the weights in force)" : ""))
      if let stretches = phase.stretches, stretches.count > 1,
        let greatest = phase.greatestPhaseError
      {
        Terminal.print(
          "\(stretches.count - 1) times the other sources took over the weight of exhausted ones; greatest "
            + "error over the whole phase \(Figures.decimals(greatest, 3)) rows")
      }
    }
    Terminal.print("")
    var table = Table(
      [
        "source", "read", "kept", "dropped", "tokens", "per byte", "used", "tail", "unused",
        "epochs",
      ], rightAligned: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    for source in manifest.sources {
      table.add([
        source.name, Figures.grouped(source.documents.read), Figures.grouped(source.documents.kept),
        Figures.grouped(source.documents.dropped.values.reduce(0, &+)),
        Figures.grouped(source.tokens.total),
        Figures.decimals(
          Double(source.tokens.total) / Double(max(1, source.bytes.kept)), 4),
        Figures.grouped(source.tokens.used),
        Figures.grouped(source.tokens.tail), Figures.grouped(source.tokens.unused),
        Figures.decimals(source.epochs, 3),
      ])
    }
    table.print()
    for source in manifest.sources {
      for (reason, count) in source.documents.dropped.sorted(by: { $0.key < $1.key }) {
        Terminal.print("\(source.name): \(Figures.grouped(count)) documents dropped: \(reason)")
      }
      let bad = BadRecordSummary(source)
      if bad.count > 0 { bad.lines.forEach(Terminal.print) }
    }
    if let recipe = manifest.recipe {
      let options =
        (recipe.scale.map { " --scale \($0)" } ?? "")
        + (recipe.sample.map { " --sample \($0)" } ?? "")
      Terminal.print(
        "to build it again: cuvee build \(path)/\(recipe.mixture) --data DIR\(options) --output OUT"
      )
    }
    Terminal.print("content_digest \(manifest.contentDigest)")
  }

  private func show(_ facts: ShardFacts) {
    Terminal.print(
      "\(facts.file): \(Figures.grouped(facts.rows)) rows, \(Figures.grouped(facts.tokens)) tokens, "
        + "\(Figures.bytes(facts.compressedBytes)) (\(Figures.bytes(facts.rawBytes)) uncompressed), "
        + "\(Figures.decimals(facts.bitsPerToken, 2)) bits per token")
    var table = Table(
      ["source", "rows", "share", "segments", "median length", "longest"],
      rightAligned: [1, 2, 3, 4, 5])
    for source in facts.sources {
      table.add([
        source.name, Figures.grouped(source.rows), Figures.percent(source.share),
        Figures.grouped(source.segments), Figures.grouped(source.medianDocumentTokens),
        Figures.grouped(source.longestDocumentTokens),
      ])
    }
    table.print()
  }
}
