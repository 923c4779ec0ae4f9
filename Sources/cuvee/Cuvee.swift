import ArgumentParser
import Bytes
import Foundation
import Glibc
import Pipeline
import Streams

/// The command line: one file a command.
@main
struct Cuvee: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cuvee",
    abstract: "Turns a declarative mixture file into training-ready token shards.",
    discussion: """
      A mixture file names the sources, the tokenizer and the share of each source. `check` says \
      whether the file is right, `build` writes the shards; the other commands look into an output, \
      try filters and tokenizers, or manage the cache.

      EXAMPLES:
        cuvee check Mixtures/sample.yaml
        cuvee build Mixtures/sample.yaml --output out
        cuvee inspect out
        cuvee trace out --row 0
        cuvee audit out
      """,
    version: VersionText.text,
    subcommands: [
      CheckCommand.self, PlanCommand.self, BuildCommand.self, InspectCommand.self,
      TraceCommand.self, VerifyCommand.self, CatCommand.self, AuditCommand.self, FilterCommand.self,
      FiltersCommand.self,
      RulesCommand.self, TokenizeCommand.self,
      CacheCommand.self, StageCommand.self, SchemaCommand.self, ReferenceCommand.self,
    ])

  static func main() {
    StandardStreams.open()
    OpenFiles.raiseLimit()
    // A reader that goes away, as in `cuvee cat OUT | head`, ends the command quietly.
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as CuveeError {
      Terminal.error("error: \(error.message)")
      FailureFacts(error).printIfJSON(CommandLine.arguments)
      Glibc.exit(error.kind.rawValue)
    } catch {
      end(error)
    }
  }

  /// Prints help, the version or a usage error as ArgumentParser words it, and ends.
  private static func end(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    let arguments = Array(CommandLine.arguments.dropFirst())
    if code.isSuccess {
      Terminal.print(message)
    } else if code == .validationFailure,
      let hint = CommandLineHints(Self.self, arguments).sentence
    {
      Terminal.error("error: \(hint)")
      FailureFacts(usage: hint, exitCode: code.rawValue).printIfJSON(arguments)
    } else {
      Terminal.error(message)
      FailureFacts(usage: self.message(for: error), exitCode: code.rawValue)
        .printIfJSON(arguments)
    }
    Glibc.exit(code.rawValue)
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
