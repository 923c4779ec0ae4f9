import ArgumentParser
import Bytes
import Foundation
import Glibc
import Pipeline

/// The command line: one file a command.
@main
struct Cuvee: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cuvee",
    abstract: "Turns a declarative mixture file into training-ready token shards.",
    discussion: """
      EXAMPLES:
        cuvee check Mixtures/sample.yaml
        cuvee build Mixtures/sample.yaml --output out
        cuvee inspect out
        cuvee trace out --row 0
        cuvee audit out
      """,
    version: ToolVersion.current,
    subcommands: [
      CheckCommand.self, PlanCommand.self, BuildCommand.self, InspectCommand.self,
      TraceCommand.self, VerifyCommand.self, CatCommand.self, AuditCommand.self, FilterCommand.self,
      RulesCommand.self, TokenizeCommand.self,
      CacheCommand.self, StageCommand.self, SchemaCommand.self,
    ])

  static func main() {
    OpenFiles.raiseLimit()
    // A reader that goes away, as in `cuvee cat OUT | head`, ends the command quietly.
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as CuveeError {
      Terminal.error("error: \(error.message)")
      Glibc.exit(error.kind.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}

/// The files that a process may have open.
enum OpenFiles {
  /// Raises the limit as far as it goes: mixtures of thousands of sources read all of them at once.
  static func raiseLimit() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(7), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(7), &limit)
  }
}
