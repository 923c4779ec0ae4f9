/// `Documentation/Commands.md`, made from the parser's own help.
struct CommandPage {
  private let program: CommandDescription

  /// Takes the program's description.
  init(_ program: CommandDescription) { self.program = program }

  /// The page, as Markdown.
  var text: String {
    var text = """
      # Commands

      Generated from the program's own help by `make reference`. `cuvee help COMMAND` prints the same.
      Every command takes `--help` and `--version`; `--help-hidden` also shows the options that bound
      memory. [Files](Files.md) lists the exit codes.


      """
    text += "| command | what it does |\n| --- | --- |\n"
    for command in program.commands where command.commands.isEmpty {
      text +=
        "| [`\(command.path)`](#\(Self.anchor(command.path))) | \(Self.cell(command.abstract)) |\n"
    }
    return text + program.commands.map(section).joined()
  }

  private func section(_ command: CommandDescription) -> String {
    var text = "\n## \(command.path)\n\n\(command.abstract ?? "")\n\n    \(command.usage)\n"
    for paragraph in command.paragraphs { text += "\n\(paragraph)\n" }
    if !command.ownArguments.isEmpty {
      text += "\n| argument | meaning |\n| --- | --- |\n"
      for argument in command.ownArguments {
        text += "| `\(argument.usage)` | \(Self.cell(argument.meaning)) |\n"
      }
    }
    if !command.examples.isEmpty {
      text += "\nExamples:\n\n" + command.examples.map { "    \($0)\n" }.joined()
    }
    return text
  }

  /// A table's cell: a bar would end it, and `<name>` would be taken for HTML.
  private static func cell(_ text: String?) -> String {
    (text ?? "").replacing("|", with: "\\|").replacing("<", with: "\\<")
  }

  private static func anchor(_ heading: String) -> String { heading.replacing(" ", with: "-") }
}
