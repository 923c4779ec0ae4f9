import ArgumentParser
import Bytes
import MixtureFiles
import Pipeline

/// `cuvee plan FILE`: stages, parts, what is cached.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Shows the stages of a build and what of them is in the cache.",
    discussion: """
      Stages after the first that is not all in the cache depend on what it finds, so they are
      listed only once it is done.

      EXAMPLES:
        cuvee plan Mixtures/sample.yaml
        cuvee plan Mixtures/sample.yaml --output plan.json   # for `cuvee stage run`
      """)

  @OptionGroup var arguments: PlanArguments
  @OptionGroup var cache: CacheArguments
  @Option(name: .long, help: "Write the plan to a file for `cuvee stage run --plan`.")
  var output: String?
  @OptionGroup var force: ForceArguments
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func run() throws {
    let plan = try arguments.plan()
    let file = try output.map { path throws(CuveeError) in
      try force.open(path, protected: plan.protectedFiles)
    }
    let cache = try cache.open()
    try plan.requireUnread(cache.root, .cache, as: cache.root)
    let stages = try Builder.survey(plan, cache: cache)
    for damage in cache.takeDamages() {
      Terminal.error("damaged in the cache and set aside: \(damage.line)")
    }
    if let file { try PlanFile(plan).write(to: file) }
    if json {
      try Terminal.printJSON(
        Facts(
          mixture: plan.mixture.name, inputBytes: plan.inputBytes, stages: stages,
          phases: plan.phaseFacts, sources: try (try? plan.sampledEstimates()) ?? plan.estimates()))
      return
    }
    Terminal.print(
      "\(plan.mixture.name): \(Figures.bytes(plan.inputBytes)) of input, cache \(cache.root)")
    var table = Table(["stage", "parts", "cached", "to do"], rightAligned: [1, 2, 3])
    for stage in Stage.allCases {
      guard let report = stages.first(where: { $0.stage == stage }) else {
        table.add([stage.rawValue, "?", "", "after what comes before"])
        continue
      }
      table.add([
        stage.rawValue, "\(report.parts)", "\(report.parts - report.partsDone)",
        report.partsDone == 0 ? "-" : Figures.bytes(report.bytesDone),
      ])
    }
    table.print()
    for phase in plan.phaseFacts {
      Terminal.print(
        "phase \(phase.name): \(Figures.grouped(phase.rows)) rows, "
          + "\(Figures.grouped(phase.tokens)) tokens")
    }
  }

  private struct Facts: Encodable {
    var mixture: String
    var inputBytes: UInt64
    var stages: [StageReport]
    var phases: [PhaseFacts]
    var sources: [SourceEstimate]

    enum CodingKeys: String, CodingKey {
      case mixture
      case inputBytes = "input_bytes"
      case stages, phases, sources
    }
  }
}
