import ArgumentParser
import Bytes
import MixtureFiles
import Pipeline
import Streams

/// `cuvee plan FILE`: stages, parts, what is cached.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Shows the stages of a build, and which parts are already in the cache.",
    discussion: """
      The first stage with missing parts decides what the stages after it have to do, so those are \
      listed only once it is done.

      EXAMPLES:
        cuvee plan Mixtures/sample.yaml
        cuvee plan Mixtures/sample.yaml --output plan.json
      """)

  @OptionGroup var arguments: PlanArguments
  @OptionGroup var cache: CacheArguments
  @Option(
    name: .long,
    help: ArgumentHelp("Write the plan to a file for `cuvee stage run --plan`.", valueName: "file"),
    completion: .file())
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
    let sizes = try plan.estimates()
    let use = try CacheUse(
      folder: cache.root, bytes: CacheListing(root: cache.root, labels: false).bytes,
      growth: Builder.cacheGrowth(plan, sizes, survey: stages),
      free: FileSystem.freeBytes(cache.root))
    if json {
      try Terminal.printJSON(
        Facts(
          mixture: plan.mixture.name, inputBytes: plan.inputBytes, stages: stages, cache: use,
          phases: plan.phaseFacts, sources: (try? plan.sampled(sizes)) ?? sizes))
      return
    }
    Terminal.print("\(plan.mixture.name): \(Figures.bytes(plan.inputBytes)) of input")
    Terminal.print(
      "cache \(use.folder): holds \(Figures.bytes(use.bytes)), a build adds about "
        + Figures.bytes(use.growth) + (use.free.map { "; \(Figures.bytes($0)) are free" } ?? ""))
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
    var cache: CacheUse
    var phases: [PhaseFacts]
    var sources: [SourceEstimate]

    enum CodingKeys: String, CodingKey {
      case mixture
      case inputBytes = "input_bytes"
      case stages, cache, phases, sources
    }
  }

  /// What the cache holds, and what a build will need of it, in bytes.
  private struct CacheUse: Encodable {
    var folder: String
    var bytes: UInt64
    /// What a build is estimated to add.
    var growth: UInt64
    /// What is free on its file system; nil where that does not say.
    var free: UInt64?
  }
}
