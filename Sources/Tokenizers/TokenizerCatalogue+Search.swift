import Bytes
import Foundation

extension TokenizerCatalogue {
  /// Finds a tokenizer's file again by its path and its digest.
  ///
  /// In each folder it is looked for at the path, and by its last name in the folder itself and below
  /// its subfolder `tokenizers`. A file of another digest is passed over.
  ///
  /// - Parameters:
  ///   - wanted: What is known of the tokenizer; its path is relative to one of the folders.
  ///   - sha256: The digest that the file must have.
  ///   - folders: Where to look, in order.
  /// - Returns: The tokenizer.
  /// - Throws: `missingInput` with what was looked for, and where.
  public static func find(
    _ wanted: TokenizerSpecification, sha256: Digest, searchFolders folders: [String]
  ) throws(CuveeError) -> LoadedTokenizer {
    let name = URL(fileURLWithPath: wanted.path).lastPathComponent
    var passedOver: [String] = []
    for folder in folders {
      var seen: Set<String> = []
      let paths =
        ["\(folder)/\(wanted.path)"] + VocabularySearch.paths(named: [name], in: [folder])
      for path in paths where seen.insert(path).inserted && FileKind.of(path) != nil {
        do throws(CuveeError) {
          let files = try VocabularyFiles(path: path, place: path)
          guard files.sha256 == sha256 else {
            passedOver.append("\(path) has the SHA-256 \(files.sha256.hex)")
            continue
          }
        } catch {
          passedOver.append(error.message)
          continue
        }
        var found = wanted
        found.path = path
        found.sha256 = sha256
        return try load(found, displayPath: path)
      }
    }
    var lines = [
      "the output's tokenizer is the file \(wanted.path) with the SHA-256 \(sha256.hex), which was "
        + "not found; name it with --tokenizer, or give the folder that its path is relative to with "
        + "--data. Looked in:"
    ]
    lines += folders.map { folder in
      wanted.path == name
        ? "  \(folder) and \(folder)/tokenizers/**"
        : "  \(folder)/\(wanted.path), \(folder)/\(name) and \(folder)/tokenizers/**"
    }
    if folders.isEmpty { lines.append("  no folder at all") }
    if !passedOver.isEmpty {
      lines.append("Passed over, because the content is another:")
      lines += passedOver.map { "  " + $0 }
    }
    throw .missingInput(lines.joined(separator: "\n"))
  }
}
