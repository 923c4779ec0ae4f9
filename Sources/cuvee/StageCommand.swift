import ArgumentParser
import Bytes
import Pipeline

/// `cuvee stage run`: one part of one stage; what a scheduler calls.
struct StageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stage", abstract: "Runs one part of one stage, as a job of a cluster.",
    subcommands: [Run.self])

  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run",
      abstract: "Runs one part of one stage; the stages before it must be in the cache.",
      discussion: """
        A scheduler starts one job for each part of a stage, and goes on to the next stage when \
        all jobs have ended. `cuvee plan --json` says how many parts there are. Jobs may be \
        repeated: a part that is already in the cache is not done again.

        EXAMPLES:
          cuvee plan Mixtures/sample.yaml --output plan.json
          cuvee stage run --plan plan.json --stage digest --part 0
        """)

    @Option(
      name: .long,
      help: ArgumentHelp("The file that `cuvee plan --output` wrote.", valueName: "file"),
      completion: .file(extensions: ["json"]))
    var plan: String
    @Option(name: .long, help: "The stage.")
    var stage: Stage
    @Option(
      name: .long,
      help: ArgumentHelp("The part's number in the stage, from 0.", valueName: "number"))
    var part: Int
    @OptionGroup var cache: CacheArguments
    @OptionGroup var workers: WorkerArguments
    @Flag(name: .long, help: "Print facts as JSON.") var json = false

    func run() throws {
      let (label, wasCached) = try Builder.runPart(
        try PlanFile.plan(from: plan), cache: cache.open(), stage: stage, part: part,
        workers: workers.count, progress: Progress(enabled: false))
      if json {
        try Terminal.printJSON(Facts(stage: stage, part: part, label: label, cached: wasCached))
      } else {
        Terminal.print(
          "\(stage.rawValue) part \(part) (\(label)): \(wasCached ? "was done already" : "done")")
      }
    }

    private struct Facts: Encodable {
      var stage: Stage
      var part: Int
      var label: String
      var cached: Bool
    }
  }
}

extension Stage: ExpressibleByArgument {}
