import ArgumentParser
import Bytes
import MixtureFiles
import Pipeline
import Tokenizers

/// `cuvee check FILE`: valid? feasible?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a mixture file, and whether its sources can supply what it asks for.",
    discussion: """
      Reads a sample of each source and estimates from it how many records are bad, what the rules \
      keep, and how many tokens there are. The estimates leave out what deduplications will remove.

      EXAMPLES:
        cuvee check Mixtures/sample.yaml
        cuvee check Mixtures/gpt-jt.yaml --data /data --scale 1%
      """)

  @OptionGroup var arguments: PlanArguments
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func run() throws {
    let plan = try arguments.plan()
    let sizes = try plan.estimates()
    try plan.requireFeasible(sizes)
    let estimates = try plan.sampled(sizes)
    if json {
      try Terminal.printJSON(
        Facts(mixture: plan.mixture.name, sources: estimates, phases: plan.phaseFacts))
      return
    }
    Terminal.print(
      "\(arguments.mixture): valid. Mixture \(plan.mixture.name), tokenizer "
        + "\(plan.tokenizer.name), rows of \(plan.sequenceLength) tokens")
    for note in plan.tokenizer.notes { Terminal.print("note: \(plan.tokenizer.name): \(note)") }
    EstimateTable(estimates).print()
    for phase in plan.phaseFacts {
      Terminal.print("phase \(phase.name): \(Figures.grouped(phase.rows)) rows")
    }
    let epochs = plan.mixture.repetition.maxEpochs
    for estimate in estimates where estimate.estimatedEpochs > Double(epochs) {
      Terminal.error(
        "note: \(estimate.name) may need \(Figures.decimals(estimate.estimatedEpochs, 2)) epochs, "
          + "and max_epochs is \(epochs); this is an estimate, a build counts exactly")
    }
  }

  private struct Facts: Encodable {
    var mixture: String
    var sources: [SourceEstimate]
    var phases: [PhaseFacts]
  }
}
