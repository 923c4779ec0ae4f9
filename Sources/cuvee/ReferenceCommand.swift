import ArgumentParser
import Pipeline

/// `cuvee reference PAGE`: a page made from the program's own declarations. `make reference` writes
/// the pages of the documentation with it, `make install` the manual page.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Prints a reference page made from the program's own declarations.",
    discussion: """
      EXAMPLES:
        cuvee reference commands > Documentation/Commands.md
        cuvee reference rules > Documentation/Rules.md
        cuvee reference manual > cuvee.1
      """,
    shouldDisplay: false)

  /// A page.
  enum Page: String, CaseIterable, ExpressibleByArgument {
    /// `Documentation/Commands.md`.
    case commands
    /// `Documentation/Rules.md`.
    case rules
    /// `cuvee.1`, the manual page.
    case manual
  }

  @Argument(help: "The page.") var page: Page

  func run() throws {
    let text =
      switch page {
      case .commands: CommandPage(try CommandDescription.program()).text
      case .rules: RulePage(RuleReference.all, MetricReference.all).text
      case .manual: ManualPage(try CommandDescription.program()).text
      }
    Terminal.write(Array(text.utf8))
  }
}
