import Bytes
import Foundation

/// Finds and loads tokenizers.
public enum TokenizerCatalogue {
  /// Finds a registered tokenizer by the digest of its file.
  ///
  /// Each folder is looked into, and its subfolder `tokenizers` with all that lies below. A file of
  /// the right name and another digest is passed over.
  ///
  /// - Parameters:
  ///   - name: A registered name.
  ///   - searchFolders: Where to look, in order.
  /// - Returns: The tokenizer.
  /// - Throws: `badData` for a name that is not registered, `missingInput` with where was looked.
  public static func find(
    _ name: String, searchFolders: [String]
  ) throws(CuveeError) -> LoadedTokenizer {
    guard let entry = registered.first(where: { $0.name == name }) else {
      let names = registered.map(\.name).joined(separator: ", ")
      throw .badData(
        "there is no registered tokenizer \"\(name)\"; registered are \(names), and any other is "
          + "written as { path: ... }")
    }
    var passedOver: [String] = []
    for form in entry.forms {
      for path in VocabularySearch.paths(named: form.fileNames, in: searchFolders) {
        let files = try VocabularyFiles(path: path, place: path)
        guard files.sha256.hex == form.sha256 else {
          passedOver.append("\(path) has the SHA-256 \(files.sha256.hex)")
          continue
        }
        return try load(files, TokenizerSpecification(path: path), name: name)
      }
    }
    throw .missingInput(notFound(entry, searchFolders, passedOver))
  }

  /// Loads a tokenizer that a mixture file describes in full.
  ///
  /// - Parameters:
  ///   - specification: The description.
  ///   - displayPath: What messages call the file.
  /// - Returns: The tokenizer.
  /// - Throws: `missingInput`, `io`, or `badData` naming what is wrong with the file.
  public static func load(
    _ specification: TokenizerSpecification, displayPath: String
  ) throws(CuveeError) -> LoadedTokenizer {
    let files = try VocabularyFiles(path: specification.path, place: displayPath)
    if let wanted = specification.sha256, wanted != files.sha256 {
      throw .badData(
        "\(displayPath): its SHA-256 is \(files.sha256.hex), but \(wanted.hex) is wanted; "
          + "get the file anew, or correct sha256")
    }
    return try load(files, specification, name: nil)
  }

  private static func load(
    _ files: VocabularyFiles, _ wanted: TokenizerSpecification, name: String?
  ) throws(CuveeError) -> LoadedTokenizer {
    let entry = registered.first { $0.form(files.sha256) != nil }
    let result = try files.tokenizer(
      pattern: wanted.pattern, registered: entry, isVouchedFor: wanted.sha256 != nil)
    let tokenizer = result.tokenizer
    let beginningOfDocument = try wanted.beginningOfDocument.flatMap {
      (token) throws(CuveeError) in
      try id(of: token, "beginning_of_document", tokenizer, files)
    }
    var endOfDocument: UInt32?
    if let token = wanted.endOfDocument {
      endOfDocument = try id(of: token, "end_of_document", tokenizer, files)
    } else {
      endOfDocument =
        entry?.endOfDocument ?? endsOfText.lazy.compactMap { tokenizer.specialTokens[$0] }.first
    }
    var size = tokenizer.vocabularySize
    for id in [beginningOfDocument, endOfDocument, wanted.pad].compactMap({ $0 }) {
      size = max(size, Int(id) + 1)
    }
    if let sentinels = wanted.sentinels {
      size = max(size, Int(sentinels.first) + Int(sentinels.count))
    }
    guard size <= 1 << 32 else {
      throw .badData("\(files.place): ids must be below 4294967296; the sentinels pass it")
    }
    return LoadedTokenizer(
      name: name ?? entry?.name ?? URL(fileURLWithPath: wanted.path).lastPathComponent,
      files: files.paths, tokenizer: tokenizer, sha256: files.sha256, kind: files.kind,
      pattern: result.pattern,
      regexes: result.regexes, slowPatterns: result.slow,
      beginningOfDocument: beginningOfDocument, endOfDocument: endOfDocument,
      hasNoEndOnPurpose: wanted.endOfDocument == TokenizerSpecification.Token.none, pad: wanted.pad,
      sentinels: wanted.sentinels,
      vocabularySize: size)
  }

  /// The id of a token that is named for a purpose; nil for none.
  private static func id(
    of token: TokenizerSpecification.Token, _ purpose: String, _ tokenizer: any Tokenizer,
    _ files: VocabularyFiles
  ) throws(CuveeError) -> UInt32? {
    switch token {
    case .none: return nil
    case .id(let id): return id
    case .text(let text):
      if let id = tokenizer.specialTokens[text] { return id }
      let known = tokenizer.specialTokens.keys.sorted()
      let shown = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", ..." : "")
      throw .badData(
        "\(files.place): has no special token \"\(text)\" for \(purpose); "
          + (known.isEmpty ? "it has none at all: give an id" : "it has \(shown); or give an id"))
    }
  }

  private static func notFound(
    _ entry: RegisteredTokenizer, _ folders: [String], _ passedOver: [String]
  ) -> String {
    var lines = ["the vocabulary of tokenizer \"\(entry.name)\" was not found. Wanted is:"]
    for form in entry.forms {
      lines.append("  \(form.fileNames[0]) with the SHA-256 \(form.sha256). \(form.origin)")
    }
    lines.append("Looked in:")
    lines += folders.map { "  \($0) and \($0)/tokenizers/**" }
    if folders.isEmpty { lines.append("  no folder at all; give one with --data") }
    if !passedOver.isEmpty {
      lines.append("Passed over, because the content is another:")
      lines += passedOver.map { "  " + $0 }
    }
    return lines.joined(separator: "\n")
  }
}
