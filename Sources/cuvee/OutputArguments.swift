import ArgumentParser
import Bytes
import Pipeline
import Shards
import Streams
import Tokenizers

/// Where the commands that read an output find its tokenizer and its inputs.
struct OutputArguments: ParsableArguments {
  @Argument(help: "The folder of the output.", completion: .directory)
  var output: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder that the inputs' relative paths start from.", valueName: "folder"),
    completion: .directory)
  var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The tokenizer's file. Default: looked for in --data and $CUVEE_TOKENIZERS.",
      valueName: "file"), completion: .file())
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
          beginningOfDocument: wanted.beginningOfDocument.map { .id($0) },
          endOfDocument: wanted.endOfDocument.map { .id($0) } ?? TokenizerSpecification.Token.none,
          pad: wanted.pad), displayPath: tokenizer)
    }
    let folders = (data.map { [FileSystem.absolute($0)] } ?? []) + TokenizerFolders.all
    let isRegistered = TokenizerCatalogue.registered.contains { $0.name == wanted.name }
    guard isRegistered, wanted.path == nil else {
      return try TokenizerCatalogue.find(
        TokenizerSpecification(
          path: wanted.path ?? wanted.name, pattern: wanted.pattern,
          beginningOfDocument: wanted.beginningOfDocument.map { .id($0) },
          endOfDocument: wanted.endOfDocument.map { .id($0) } ?? TokenizerSpecification.Token.none,
          pad: wanted.pad),
        sha256: wanted.sha256, searchFolders: folders)
    }
    do throws(CuveeError) {
      return try TokenizerCatalogue.find(wanted.name, searchFolders: folders)
    } catch {
      throw CuveeError(error.kind, error.message + "\nOr name its file with --tokenizer.")
    }
  }
}
