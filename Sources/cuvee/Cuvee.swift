import ArgumentParser

/// The command line: one file a command.
@main
struct Cuvee: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "cuvee", abstract: "Training data")
}
