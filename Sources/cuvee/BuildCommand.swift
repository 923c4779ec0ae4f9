import ArgumentParser
import Bytes
import Pipeline
import Shards
import Streams
import Tokenizers

/// `cuvee build FILE --output OUT`.
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Builds the shards of a mixture file.",
    discussion: """
      After an interruption, run the same command again: it goes on where it stopped and writes the \
      same bytes. Work that is in the cache is not repeated; a new weight only orders and writes rows.

      EXAMPLES:
        cuvee build Mixtures/sample.yaml --output out
        cuvee build Mixtures/gpt-jt.yaml --data /data --scale 1% --output out
      """)

  @OptionGroup var arguments: PlanArguments
  @OptionGroup var cache: CacheArguments
  @OptionGroup var workers: WorkerArguments
  @Option(
    name: .long,
    help: ArgumentHelp("The folder of the output; it is created.", valueName: "folder"),
    completion: .directory)
  var output: String
  @Flag(name: .long, help: "Read all inputs again, even those whose digests the cache remembers.")
  var rehash = false
  @Flag(name: .long, help: "Replace a different finished output in the folder.")
  var replace = false
  @Flag(name: .long, help: "Do not print progress.")
  var quiet = false
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func run() throws {
    Interruption.handle()
    let plan = try arguments.plan()
    for note in plan.tokenizer.notes {
      Terminal.error("note: \(plan.tokenizer.name): \(note)")
    }
    let estimates = try plan.estimates()
    try plan.requireFeasible(estimates)
    let report = try Builder.build(
      plan, cache: cache.open(), output: output, workers: workers.count,
      progress: Progress(enabled: !quiet), rehash: rehash, replace: replace,
      estimates: estimates)
    if json {
      try Terminal.printJSON(
        Facts(
          output: output, contentDigest: report.manifest.contentDigest,
          rows: report.manifest.rows, stages: report.stages, badRecords: report.badRecords,
          repaired: report.repaired, foreign: report.foreign))
      return
    }
    for damage in report.repaired {
      Terminal.error("damaged in the cache, set aside and done again: \(damage.line)")
    }
    for file in report.foreign.prefix(10) {
      Terminal.error("not Cuvee's, left as it is: \(output)/\(file)")
    }
    if report.foreign.count > 10 {
      Terminal.error("and \(report.foreign.count - 10) more files that are not Cuvee's")
    }
    for line in report.badRecords.flatMap(\.lines) { Terminal.error(line) }
    var table = Table(
      ["stage", "parts", "done now", "wall s", "cpu s"], rightAligned: [1, 2, 3, 4])
    for stage in report.stages {
      table.add([
        stage.stage.rawValue, "\(stage.parts)", "\(stage.partsDone)",
        Figures.decimals(stage.wallSeconds, 2), Figures.decimals(stage.cpuSeconds, 2),
      ])
    }
    table.print()
    let rows = report.manifest.rows
    Terminal.print(
      "\(output): \(Figures.grouped(rows)) rows, "
        + "\(Figures.grouped(rows * UInt64(plan.sequenceLength))) tokens")
    Terminal.print("content_digest \(report.manifest.contentDigest)")
  }

  private struct Facts: Encodable {
    var output: String
    var contentDigest: Digest
    var rows: UInt64
    var stages: [StageReport]
    var badRecords: [BadRecordSummary]
    var repaired: [CacheDamage]
    var foreign: [String]

    enum CodingKeys: String, CodingKey {
      case output
      case contentDigest = "content_digest"
      case rows, stages
      case badRecords = "bad_records"
      case repaired, foreign
    }
  }
}
