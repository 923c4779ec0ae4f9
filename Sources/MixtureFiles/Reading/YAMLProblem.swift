import Yams

/// What the YAML parser found wrong, in words that say what to do.
struct YAMLProblem {
  /// Where it is.
  private(set) var mark = Mark(line: 1, column: 1)
  /// What is wrong.
  private(set) var message: String

  /// Translates the parser's error about a text.
  init(_ error: YamlError, text: String) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      self.mark = Mark(line: mark.line, column: mark.column)
      message = Self.syntax(context, problem)
      if context?.text == "while scanning an alias", let start = context?.mark {
        self.mark = Mark(line: start.line, column: start.column)
      }
      if let remedy = remedy(text, context, problem) { message = remedy }
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first ?? ""
      let first = Mark(line: context.mark.line, column: context.mark.column)
      let shown = YAMLText.excerpt(key)
      if let second = Self.secondPlace(of: key, after: first, in: text) {
        mark = second
        message = "the key \"\(shown)\" was already given at \(first.line):\(first.column)"
      } else {
        mark = first
        message = "the key \"\(shown)\" is given more than once in this mapping"
      }
    default:
      message = "not valid YAML"
    }
  }

  private static func syntax(_ context: YamlError.Context?, _ problem: String) -> String {
    guard let context else { return "not valid YAML: \(problem)" }
    guard context.mark.line > 0, context.text.hasPrefix("while ") else {
      return "not valid YAML: \(context.text), \(problem)"
    }
    return "not valid YAML: \(problem) \(context.text) that began at "
      + "\(context.mark.line):\(context.mark.column)"
  }

  /// A better message for what people write most often by mistake.
  private func remedy(_ text: String, _ context: YamlError.Context?, _ problem: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard mark.line <= lines.count, mark.line > 0 else { return nil }
    let scalars = lines[mark.line - 1].unicodeScalars
    let atMark = scalars.dropFirst(mark.column - 1).first
    if context?.text == "while scanning an alias" || problem == "found undefined alias" {
      return "\"*\" begins a YAML alias here; put a pattern that begins with it in quotes, "
        + "as in \"*.jsonl\""
    }
    if problem.hasPrefix("found character that cannot start any token"), let atMark {
      return atMark == "\t"
        ? "a tab cannot indent YAML; use spaces"
        : "a value cannot begin with \"\(atMark)\" in YAML; put it in quotes"
    }
    if problem.hasPrefix("Maximum nesting level reached") {
      return "brackets or lists are nested more than 1000 deep"
    }
    if context?.text == "while parsing a flow mapping", let brace = secondBrace(lines) {
      return
        "the braces at \(mark.line):\(brace) end and more text follows; put text that holds braces in "
        + "quotes, as in text: \"{prompt} {completion}\""
    }
    if problem == "but found another document" {
      return "a second YAML document begins here; a mixture file holds one"
    }
    return nil
  }

  /// The column of the nearest `{` before the mark that begins a value and not the line's outermost
  /// mapping: an unquoted template such as `text: {a}{b}` inside a flow mapping.
  private func secondBrace(_ lines: [Substring]) -> Int? {
    let before = Array(lines[mark.line - 1].unicodeScalars.prefix(mark.column - 1))
    guard let brace = before.lastIndex(of: "{"), brace > 0 else { return nil }
    let outer = before[..<brace].contains("{")
    return outer || before[..<brace].contains(":") ? brace + 1 : nil
  }

  /// Where a key of a block mapping stands again: the next line that begins with it at the same
  /// column, before a line that begins further left. The parser does not say.
  private static func secondPlace(of key: String, after first: Mark, in text: String) -> Mark? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard first.line < lines.count else { return nil }
    for (index, line) in lines.enumerated().dropFirst(first.line) {
      let content = line.drop { $0 == " " }
      let column = line.count - content.count + 1
      if content.isEmpty || content.hasPrefix("#") || content == "\r" || column > first.column {
        continue
      }
      guard column == first.column else { return nil }
      for form in [key, "\"\(key)\"", "'\(key)'"] where content.hasPrefix(form) {
        if content.dropFirst(form.count).drop(while: { $0 == " " }).hasPrefix(":") {
          return Mark(line: index + 1, column: column)
        }
      }
    }
    return nil
  }
}
