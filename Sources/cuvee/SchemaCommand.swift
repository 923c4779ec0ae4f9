import ArgumentParser
import MixtureFiles
import Pipeline

/// `cuvee schema`: the JSON schema of mixture files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON schema of mixture files, for editors.",
    discussion: """
      Editors with a YAML language server complete keys and mark mistakes when the first line of a \
      mixture file is `# yaml-language-server: $schema=mixture.schema.json`.

      EXAMPLES:
        cuvee schema > mixture.schema.json
      """)

  func run() { Terminal.print(MixtureSchema.json(vocabulary: .standard())) }
}
