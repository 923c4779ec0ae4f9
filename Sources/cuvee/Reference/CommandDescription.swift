import ArgumentParser
import Bytes
import Foundation

/// A command as the parser describes it (`--experimental-dump-help`): the source of the reference
/// pages.
struct CommandDescription: Decodable {
  /// An argument, an option or a flag.
  struct Argument: Decodable {
    /// How it is spelled: `--output`, `-h`.
    struct Name: Decodable {
      var kind: String
      var name: String
    }

    var kind: String
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var defaultValue: String?
    var allValues: [String]?
    var isOptional: Bool
    var isRepeating: Bool
    var shouldDisplay: Bool

    /// What a user types, as in `--output <folder>` or `<files> ...`.
    var usage: String {
      let value = "<\(valueName ?? "value")>"
      let repeated = isRepeating ? " ..." : ""
      switch kind {
      case "positional": return value + repeated
      case "flag": return spelling
      default: return "\(spelling) \(value)\(repeated)"
      }
    }

    /// What it does, with its values and its default.
    var meaning: String {
      var text = abstract ?? ""
      if let allValues { text += " One of: \(allValues.joined(separator: ", "))." }
      if let defaultValue { text += " Default: \(defaultValue)." }
      return text
    }

    /// Whether it is `--help` or `--version`, which every command has.
    var isUniversal: Bool { ["--help", "--version"].contains(spelling) }

    private var spelling: String {
      let long = names?.first { $0.kind == "long" } ?? names?.first
      guard let long else { return "" }
      return (long.kind == "long" ? "--" : "-") + long.name
    }
  }

  var commandName: String
  var superCommands: [String]?
  var abstract: String?
  var discussion: String?
  var shouldDisplay: Bool
  var arguments: [Argument]?
  var subcommands: [CommandDescription]?

  /// The program as its parser describes it.
  ///
  /// - Throws: `failed` where the description is not of the known form.
  static func program() throws(CuveeError) -> CommandDescription {
    struct Dump: Decodable { var command: CommandDescription }
    do {
      return try JSONDecoder().decode(Dump.self, from: Data(Cuvee._dumpHelp().utf8)).command
    } catch {
      throw .failed("the parser's description of the commands cannot be read: \(error)")
    }
  }

  /// The commands below this one that help shows, each followed by its own.
  var commands: [CommandDescription] {
    (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
      .flatMap { [$0] + $0.commands }
  }

  /// The command with those above it, as in `cuvee cache list`.
  var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

  /// The arguments that help shows, without `--help` and `--version`.
  var ownArguments: [Argument] {
    (arguments ?? []).filter { $0.shouldDisplay && !$0.isUniversal }
  }

  /// The command line: what must be given, in order.
  var usage: String {
    if !commands.isEmpty { return "\(path) <command>" }
    let isNeeded = { (argument: Argument) in argument.kind == "positional" || !argument.isOptional }
    let needed = ownArguments.filter(isNeeded).map { $0.isOptional ? "[\($0.usage)]" : $0.usage }
    let hasOptions = ownArguments.contains { !isNeeded($0) }
    return ([path] + needed + (hasOptions ? ["[options]"] : [])).joined(separator: " ")
  }

  /// The paragraphs of the discussion before its examples.
  var paragraphs: [String] {
    discussionLines.prefix { $0 != Self.examplesHeading }.split(separator: "")
      .map { $0.joined(separator: " ") }
  }

  /// The examples of the discussion, one command a line.
  var examples: [String] {
    discussionLines.drop { $0 != Self.examplesHeading }.dropFirst()
      .map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
  }

  private static let examplesHeading = "EXAMPLES:"

  private var discussionLines: [String] {
    (discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
