import Pipeline

/// `Documentation/Rules.md`, made from the rules' own declarations.
struct RulePage {
  private let rules: [RuleReference]

  /// Takes the rules, in the order of the page.
  init(_ rules: [RuleReference]) { self.rules = rules }

  /// The page, as Markdown.
  var text: String {
    var text = """
      # Rules

      The steps that a filter file can name. Generated from the rules' own declarations by
      `make reference`; `cuvee rules` prints the same. [Adding a filter](AddingAFilter.md) says how a
      filter file composes rules, and how to write a new rule.

      A rule works on documents or on lines. A *documents* rule keeps or drops a whole document; a *lines*
      rule keeps, cuts or rewrites each line, and may drop the document. Rules that follow one another on
      lines share one pass. Everything that is dropped or cut is counted under the step's `reason`.


      """
    text += "| rule | works on | what it does |\n| --- | --- | --- |\n"
    for rule in rules {
      text += "| [`\(rule.name)`](#\(rule.name)) | \(rule.kind) | \(Self.cell(rule.summary)) |\n"
    }
    return text + rules.map(section).joined()
  }

  private func section(_ rule: RuleReference) -> String {
    var text = "\n## \(rule.name)\n\nWorks on \(rule.kind): \(rule.summary).\n"
    if !rule.parameters.isEmpty {
      text += "\n| parameter | value | when absent | meaning |\n| --- | --- | --- | --- |\n"
      for parameter in rule.parameters {
        let standard = parameter.standard.map { "`\($0)`" } ?? "**required**"
        let cells = ["`\(parameter.name)`", parameter.form, standard, parameter.summary]
        text += "| " + cells.map(Self.cell).joined(separator: " | ") + " |\n"
      }
    }
    text += "\nExample: `\(rule.example.step)` turns\n\n\(Self.block(rule.example.before))\n"
    if let after = rule.example.after {
      return text + "into\n\n\(Self.block(after))"
    }
    return text + "into nothing: the document is dropped.\n"
  }

  private static func block(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
