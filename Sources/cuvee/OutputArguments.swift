import ArgumentParser
import Bytes
import Pipeline
import Shards
import Streams
import Tokenizers

/// Where the commands that read an output find its tokenizer and its inputs.
struct OutputArguments: ParsableArguments {
  @Argument(help: "The folder of an output.")
  var output: String

  @Option(name: .long, help: "The folder that the inputs' relative paths mean.")
  var data: String?

  @Option(
    name: .long,
    help: "The tokenizer's file; found by its name in --data and $CUVEE_TOKENIZERS otherwise.")
  var tokenizer: String?

  /// The folder of the inputs.
  func requireData() throws(CuveeError) -> String {
    guard let data else {
      throw .missingInput(
        "--data DIR is needed to read the inputs again: the folder that the mixture file's paths "
          + "are relative to")
    }
    return data
  }

  /// The tokenizer that the output was made with.
  func tokenizer(of manifest: Manifest) throws(CuveeError) -> LoadedTokenizer {
    let wanted = manifest.tokenizer
    if let tokenizer {
      return try TokenizerCatalogue.load(
        TokenizerSpecification(
          path: FileSystem.absolute(tokenizer), sha256: wanted.sha256, pattern: wanted.pattern,
          endOfDocument: wanted.endOfDocument, pad: wanted.pad), displayPath: tokenizer)
    }
    guard TokenizerCatalogue.registered.contains(where: { $0.name == wanted.name }) else {
      throw .missingInput(
        "the output's tokenizer is the file \(wanted.name) with SHA-256 \(wanted.sha256); "
          + "name it with --tokenizer")
    }
    return try TokenizerCatalogue.find(
      wanted.name, searchFolders: (data.map { [$0] } ?? []) + TokenizerFolders.all)
  }
}
