import Pipeline

/// `cuvee.1`, the manual page that `make install` installs, made from the parser's own help.
struct ManualPage {
  private let program: CommandDescription

  /// Takes the program's description.
  init(_ program: CommandDescription) { self.program = program }

  /// What the environment variables mean.
  static let environment = [
    ("CUVEE_CACHE", "The folder of the cache, where --cache is not given."),
    ("CUVEE_FILTERS", "Folders of filter files, separated by colons."),
    ("CUVEE_TOKENIZERS", "Folders of tokenizer files, separated by colons."),
  ]

  /// What the exit codes mean, as in `Documentation/Files.md`.
  static let exitCodes = [
    ("0", "Done."),
    ("1", "A failure inside Cuvee or on this machine."),
    ("64", "The command line is wrong, malformed option values too."),
    ("65", "The data or the mixture file is bad, or an output is refused."),
    ("66", "An input is missing or cannot be read."),
    ("74", "Reading or writing failed, standard output too."),
    ("130, 143", "Stopped by Ctrl-C or kill; the same build goes on from there."),
  ]

  /// The page, as roff with the man macros.
  var text: String {
    var lines = [
      #".TH CUVEE 1 "" "Cuvee \#(ToolVersion.current)" "User Commands""#,
      ".SH NAME", #"cuvee \- \#(Self.escaped(summary))"#,
      ".SH SYNOPSIS", ".B cuvee", #"\fIcommand\fR [\fIarguments\fR] [\fIoptions\fR]"#,
      ".SH DESCRIPTION",
    ]
    lines += program.paragraphs.flatMap { [".PP", Self.escaped($0)] }
    lines += Self.examples(program.examples)
    lines.append(".SH COMMANDS")
    lines += program.commands.filter { $0.commands.isEmpty }.flatMap(section)
    lines += [".SH ENVIRONMENT"] + Self.table(Self.environment)
    lines += [".SH EXIT STATUS"] + Self.table(Self.exitCodes)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The program's summary as `man -k` shows it: without a capital and a full stop.
  private var summary: String {
    let text = program.abstract ?? ""
    let sentence = text.hasSuffix(".") ? text.dropLast() : text[...]
    return sentence.prefix(1).lowercased() + sentence.dropFirst()
  }

  private func section(_ command: CommandDescription) -> [String] {
    var lines = [".SS \(Self.escaped(command.usage))", Self.escaped(command.abstract ?? "")]
    lines += command.paragraphs.flatMap { [".PP", Self.escaped($0)] }
    lines += Self.table(command.ownArguments.map { ($0.usage, $0.meaning) })
    return lines + Self.examples(command.examples)
  }

  private static func table(_ rows: [(String, String)]) -> [String] {
    rows.flatMap { [".TP", ".B \(escaped($0.0))", escaped($0.1)] }
  }

  private static func examples(_ commands: [String]) -> [String] {
    commands.isEmpty
      ? [] : [".PP", "Examples:", ".PP", ".nf", ".RS"] + commands.map(escaped) + [".RE", ".fi"]
  }

  /// Text that roff prints as it is.
  private static func escaped(_ text: String) -> String {
    let text = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("'", with: "\\(aq").replacing("^", with: "\\(ha").replacing("~", with: "\\(ti")
    // Code stands between backticks, and in bold on the page.
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    let marked = parts.enumerated().map {
      $0.offset % 2 == 0 ? $0.element : "\\fB\($0.element)\\fR"
    }
    .joined()
    return marked.hasPrefix(".") ? "\\&" + marked : marked
  }
}
