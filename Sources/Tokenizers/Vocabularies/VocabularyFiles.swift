import Bytes

/// The one or two files of a vocabulary, read and told apart by their content.
struct VocabularyFiles {
  /// What messages begin with.
  let place: String
  /// The form of the vocabulary.
  let kind: LoadedTokenizer.Kind
  /// The SHA-256 of the file, or of the vocabulary followed by its merges.
  let sha256: Digest

  /// The paths of the files.
  let paths: [String]

  private let file: VocabularyFile
  private let merges: VocabularyFile?

  /// Reads the files at a path: a vocabulary file, or a folder that holds one.
  ///
  /// - Throws: `missingInput`, `io`, or `badData` for what is no vocabulary of a known form.
  init(path: String, place: String) throws(CuveeError) {
    let path = try Self.vocabularyPath(path, place: place)
    let file = try VocabularyFile(path: path, place: place)
    var merges: VocabularyFile?
    var paths = [path]
    if file.bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") {
      if TekkenVocabulary.matches(file) {
        kind = .tekken
      } else if try HuggingFaceVocabulary.matches(file) {
        kind = .huggingFace
      } else {
        kind = .gpt2
        let path = try GPT2Vocabulary.mergesPath(beside: path, place: place)
        merges = try VocabularyFile(path: path, place: path)
        paths.append(path)
      }
    } else if TiktokenVocabulary.matches(file) {
      kind = .tiktoken
    } else if SentencePieceFile.matches(file) {
      kind = .sentencePiece
    } else {
      throw .badData(
        "\(place): this is no vocabulary of a form that is supported: tiktoken ranks, GPT-2's "
          + "vocabulary with merges, Hugging Face's tokenizer.json, tekken.json, or a "
          + "SentencePiece model")
    }
    var hasher = SHA256Hasher()
    hasher.update(file.bytes.span)
    if let merges { hasher.update(merges.bytes.span) }
    sha256 = hasher.finalize()
    self.place = place
    self.paths = paths
    self.file = file
    self.merges = merges
  }

  /// Makes the tokenizer.
  ///
  /// - Parameters:
  ///   - pattern: The pattern's name, where the user gives one.
  ///   - registered: The registered tokenizer of these files, where they are one.
  ///   - isVouchedFor: Whether the user has given the digest of the files.
  /// - Returns: The tokenizer.
  /// - Throws: `badData` naming what is wrong with the files or the pattern.
  func tokenizer(
    pattern: String?, registered: RegisteredTokenizer?, isVouchedFor: Bool
  ) throws(CuveeError) -> HuggingFaceVocabulary.Result {
    let given = try pattern.map { text throws(CuveeError) in
      try GivenPattern(text, place: place)
    }
    if let known = registered?.pattern, let given, !given.isScanner(known) {
      throw .badData(
        "\(place): this is \(registered?.name ?? ""), whose pattern is \"\(known.rawValue)\", not "
          + "\"\(given.text)\"; leave pattern out")
    }
    switch kind {
    case .tiktoken:
      guard let given = given ?? registered?.pattern.map({ .init($0) }) else {
        throw .badData(
          "\(place): a file of ranks does not say how text is cut; give pattern. "
            + PretokenPattern.choice + ", or a regular expression")
      }
      let special = registered?.specialTokens ?? [:]
      let model = try TiktokenVocabulary.read(
        file, specialTokens: special, isVouchedFor: isVouchedFor || registered != nil)
      return given.tokenizer(
        model, specialTokens: special, normalizesToNFC: registered?.normalizesToNFC ?? false)
    case .gpt2:
      guard let merges else { throw .failed("\(place): the merges were not read") }
      if let given, !given.isScanner(.gpt2) { throw contradiction(given) }
      return .init(try GPT2Vocabulary.read(vocabulary: file, merges: merges), .gpt2)
    case .huggingFace:
      let result = try HuggingFaceVocabulary.read(file)
      if let given, !given.isScanner(result.pattern) { throw contradiction(given) }
      return result
    case .tekken:
      let result = try TekkenVocabulary.read(file)
      if let given, !given.isScanner(result.pattern) { throw contradiction(given) }
      return result
    case .sentencePiece:
      if let given { throw contradiction(given) }
      return .init(try SentencePieceVocabulary.read(file), .whole)
    }
  }

  private func contradiction(_ pattern: GivenPattern) -> CuveeError {
    .badData(
      "\(place): the file itself says how text is cut, and not by \"\(pattern.text)\"; "
        + "leave pattern out")
  }

  /// The vocabulary file of a folder, or the path itself.
  private static func vocabularyPath(_ path: String, place: String) throws(CuveeError) -> String {
    guard FileKind.of(path) == .folder else { return path }
    let names =
      GPT2Vocabulary.names.map(\.0) + ["tokenizer.json", "tekken.json", "tokenizer.model"]
    for name in names {
      let inside = path + "/" + name
      if FileKind.of(inside) == .file { return inside }
    }
    throw .missingInput(
      "\(place): the folder holds none of \(names.joined(separator: ", "))")
  }
}
