import ArgumentParser
import Bytes

/// Says of a command line that was refused what is most likely wrong with it: the parser reports
/// what is missing before what is misspelt.
struct CommandLineHints {
  private let root: any ParsableCommand.Type
  private let arguments: [String]

  /// Looks at a command line without the program's name.
  init(_ root: any ParsableCommand.Type, _ arguments: [String]) {
    self.root = root
    self.arguments = arguments
  }

  /// The sentence that replaces the parser's; nil where nothing better is known.
  var sentence: String? {
    var command = root
    var rest = arguments[...]
    while !command.configuration.subcommands.isEmpty, let word = rest.first, !word.hasPrefix("-") {
      let known = command.configuration.subcommands
      guard let next = known.first(where: { Self.name(of: $0) == word }) else {
        if word == "help" { return nil }
        let names = known.map { Self.name(of: $0) }
        let path = command == root ? "command" : "command of \(Self.name(of: command))"
        return "unknown \(path) \"\(word)\"" + Self.hint(word, names)
      }
      command = next
      rest = rest.dropFirst()
    }
    let options = Self.options(of: command, root: root)
    for (place, word) in zip(rest.indices, rest) {
      if word == "--" { break }
      guard word.hasPrefix("--") else { continue }
      let name = String(word.prefix { $0 != "=" })
      guard options.contains(name) else {
        return "unknown option \(name)" + Self.hint(name, options.sorted())
      }
      // A value such as -1 looks like an option.
      let next = place + 1 < rest.endIndex ? rest[place + 1] : ""
      if word == name, next.hasPrefix("-"), next.dropFirst().first?.isNumber == true {
        return "\(name) \(next): the value begins with \"-\"; if it is meant, write \(name)=\(next)"
      }
    }
    return nil
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }

  private static func hint(_ word: String, _ names: [String]) -> String {
    NearestName.find(word, among: names).map { "; did you mean \($0)?" }
      ?? "; known are \(names.joined(separator: ", "))"
  }

  /// All options of a command, the hidden ones too, out of its help.
  private static func options(
    of command: any ParsableCommand.Type, root: any ParsableCommand.Type
  ) -> Set<String> {
    let help = root.helpMessage(for: command, includeHidden: true, columns: 200)
    var options: Set<String> = [
      "--help", "--version", "--help-hidden", "--generate-completion-script",
    ]
    for word in help.split(whereSeparator: { " \n,[]()<>|`'".contains($0) })
    where word.hasPrefix("--") {
      options.insert(String(word.prefix { $0 == "-" || $0.isLetter || $0.isNumber }))
    }
    return options
  }
}
