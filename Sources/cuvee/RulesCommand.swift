import ArgumentParser
import Bytes
import Pipeline

/// `cuvee rules`.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Lists the rules that filter files can name.",
    discussion: """
      EXAMPLES:
        cuvee rules
        cuvee rules minimum-sentences
      """)

  @Argument(help: "Show only these rules, with examples.")
  var names: [String] = []
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func run() throws {
    let all = RuleReference.all
    for name in names where !all.contains(where: { $0.name == name }) {
      throw CuveeError.badData("unknown rule \"\(name)\"; `cuvee rules` lists them")
    }
    let wanted = names.isEmpty ? all : all.filter { names.contains($0.name) }
    if json {
      try Terminal.printJSON(wanted)
      return
    }
    for rule in wanted {
      Terminal.print("\(rule.name)  (\(rule.kind)): \(rule.summary)")
      for parameter in rule.parameters {
        let standard =
          parameter.standard.map { "; \($0) by default" }
          ?? (parameter.isRequired ? "; required" : "")
        Terminal.print("    \(parameter.name): \(parameter.form), \(parameter.summary)\(standard)")
      }
      if !names.isEmpty {
        if rule.name == "drop_if" {
          for metric in MetricReference.all {
            Terminal.print("    metric \(metric.name): \(metric.summary)")
          }
        }
        Terminal.print("  example: \(rule.example.step)")
        Terminal.print("  text:    \(rule.example.before.debugDescription)")
        Terminal.print("  becomes: \(rule.example.after?.debugDescription ?? "nothing: dropped")")
      }
    }
  }
}
