import Foundation
import TestSupport
import Testing

/// The pages that are made from the program's own declarations.
@Suite struct ReferenceTests {
  @Test(arguments: [("commands", "Commands.md"), ("rules", "Rules.md")])
  func aPageIsWhatTheProgramSays(_ page: String, _ file: String) throws {
    let made = try Cuvee.run(["reference", page])
    #expect(made.status == 0, "\(made.errors)")
    let written = try String(
      contentsOfFile: Repository.path("Documentation/\(file)"), encoding: .utf8)
    #expect(made.output == written, "Documentation/\(file) is stale: run `make reference`")
  }

  /// The names of the commands that `cuvee help` lists, without groups.
  private func commands() throws -> [[String]] {
    func listed(_ group: [String]) throws -> [[String]] {
      let help = try Cuvee.run(["help"] + group).output
      guard let start = help.range(of: "SUBCOMMANDS:\n") else { return [group] }
      return try help[start.upperBound...].split(separator: "\n")
        .compactMap { $0.firstMatch(of: #/^  ([a-z]+)\s+(\(default\) )?\S/#) }
        .filter { $0.output.1 != "help" && $0.output.1 != "See" }
        .flatMap { try listed(group + [String($0.output.1)]) }
    }
    return try listed([])
  }

  /// Help as people see it is laid out by the parser: another way to the same facts.
  @Test func everyCommandAndOptionOfTheHelpIsOnThePages() throws {
    let page = try Cuvee.run(["reference", "commands"]).output
    let manual = try Cuvee.run(["reference", "manual"]).output.replacing(#"\-"#, with: "-")
    let commands = try commands()
    #expect(commands.contains(["build"]) && commands.contains(["cache", "prune"]))
    for command in commands {
      let name = command.joined(separator: " ")
      let section = try #require(page.range(of: "\n## cuvee \(name)\n"), "\(name)")
      let rest = page[section.upperBound...]
      let text = rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
      #expect(manual.contains("\n.SS cuvee \(name)"), "\(name)")
      let help = try Cuvee.run(["help"] + command).output
      for option in help.matches(of: #/\n  (--[a-z-]+)/#).map(\.output.1)
      where option != "--version" {
        #expect(text.contains("`\(option)"), "\(name) \(option)")
        #expect(manual.contains(".B \(option)"), "\(name) \(option)")
      }
    }
  }

  /// Terminals have 80 columns, at which the parser breaks every line of an example in two.
  @Test func noHelpBreaksItsExamples() throws {
    for command in try commands() + [[]] {
      let help = try Cuvee.run(["help"] + command).output
      let start = try #require(help.range(of: "EXAMPLES:\n"), "\(command)")
      let rest = help[start.upperBound...]
      let end = try #require(rest.range(of: "\n\n"), "\(command)")
      for line in rest[..<end.lowerBound].split(separator: "\n") {
        #expect(line.hasPrefix("  ") && line.contains("cuvee "), "\(command): \(line)")
      }
    }
  }

  @Test func theManualListsTheExitCodes() throws {
    let files = try String(
      contentsOfFile: Repository.path("Documentation/Files.md"), encoding: .utf8)
    let start = try #require(files.range(of: "## Exit codes"))
    let codes = files[start.upperBound...].matches(of: #/\n\| ([\d, ]+) \|/#).map(\.output.1)
    #expect(codes.count >= 7)
    let manual = try Cuvee.run(["reference", "manual"]).output
    for code in codes { #expect(manual.contains("\n.B \(code)\n"), "\(code)") }
  }

  /// The first line is the program's version; the others agree with what an output says of itself.
  @Test func theVersionNamesTheFormats() throws {
    let bench = try Workbench()
    let manifest = try bench.build("Mixtures/sample.yaml").manifest()
    let lines = try Cuvee.run(["--version"]).output.split(separator: "\n").map(String.init)
    #expect(lines.first == "cuvee \(manifest["tool_version"].string ?? "?")")
    #expect(lines.contains("output format \(manifest["format_version"].integer ?? -1)"))
    #expect(lines.contains("libzstd \(manifest["zstd_version"].string ?? "?")"))
    #expect(lines.contains { $0.wholeMatch(of: #/cache format \d+/#) != nil })
  }
}
