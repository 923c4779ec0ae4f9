import ArgumentParser
import MixtureFiles
import Pipeline

/// `cuvee schema`: the JSON schema of mixture files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON schema of mixture files, for editors.",
    discussion: """
      EXAMPLES:
        cuvee schema > mixture.schema.json
      """)

  func run() { Terminal.print(MixtureSchema.json(vocabulary: .standard())) }
}
