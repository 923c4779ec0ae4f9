import Bytes

/// The one or two files of a vocabulary, read and told apart by their content.
struct VocabularyFiles {
  /// What messages begin with.
  let place: String
  /// The form of the vocabulary.
  let kind: LoadedTokenizer.Kind
  /// The SHA-256 of the file, or of the vocabulary followed by its merges.
  let sha256: Digest

  private let file: VocabularyFile
  private let merges: VocabularyFile?

  /// Reads the files at a path: a vocabulary file, or a folder that holds one.
  ///
  /// - Throws: `missingInput`, `io`, or `badData` for what is no vocabulary of a known form.
  init(path: String, place: String) throws(CuveeError) {
    let path = try Self.vocabularyPath(path, place: place)
    let file = try VocabularyFile(path: path, place: place)
    var merges: VocabularyFile?
    if file.bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") {
      if try HuggingFaceVocabulary.matches(file) {
        kind = .huggingFace
      } else {
        kind = .gpt2
        let path = try GPT2Vocabulary.mergesPath(beside: path, place: place)
        merges = try VocabularyFile(path: path, place: path)
      }
    } else if TiktokenVocabulary.matches(file) {
      kind = .tiktoken
    } else {
      throw .badData(
        "\(place): this is no vocabulary of a form that is supported yet: tiktoken ranks, GPT-2's "
          + "vocabulary with merges, or Hugging Face's tokenizer.json")
    }
    var hasher = SHA256Hasher()
    hasher.update(file.bytes.span)
    if let merges { hasher.update(merges.bytes.span) }
    sha256 = hasher.finalize()
    self.place = place
    self.file = file
    self.merges = merges
  }

  /// Makes the tokenizer.
  ///
  /// - Parameters:
  ///   - pattern: The pattern's name, where the user gives one.
  ///   - registered: The registered tokenizer of these files, where they are one.
  /// - Returns: The tokenizer.
  /// - Throws: `badData` naming what is wrong with the files or the pattern.
  func tokenizer(
    pattern: String?, registered: RegisteredTokenizer?
  ) throws(CuveeError) -> BytePairTokenizer {
    var named: PretokenPattern?
    if let pattern { named = try PretokenPattern(named: pattern, place: place) }
    if let known = registered?.pattern, let named, named != known {
      throw .badData(
        "\(place): this is \(registered?.name ?? ""), whose pattern is \"\(known.rawValue)\", not "
          + "\"\(named.rawValue)\"; leave pattern out")
    }
    switch kind {
    case .tiktoken:
      guard let pattern = named ?? registered?.pattern else {
        throw .badData(
          "\(place): a file of ranks does not say how text is cut; give pattern. "
            + PretokenPattern.choice)
      }
      let special = registered?.specialTokens ?? [:]
      let model = try TiktokenVocabulary.read(file, specialTokens: special)
      return BytePairTokenizer(model: model, pattern: pattern, specialTokens: special)
    case .gpt2:
      guard let merges else { throw .failed("\(place): the merges were not read") }
      if let named, named != .gpt2 { throw contradiction(named) }
      return try GPT2Vocabulary.read(vocabulary: file, merges: merges)
    case .huggingFace:
      let tokenizer = try HuggingFaceVocabulary.read(file)
      if let named, named != tokenizer.pattern { throw contradiction(named) }
      return tokenizer
    }
  }

  private func contradiction(_ pattern: PretokenPattern) -> CuveeError {
    .badData(
      "\(place): the file itself says how text is cut, and not by \"\(pattern.rawValue)\"; "
        + "leave pattern out")
  }

  /// The vocabulary file of a folder, or the path itself.
  private static func vocabularyPath(_ path: String, place: String) throws(CuveeError) -> String {
    guard FileKind.of(path) == .folder else { return path }
    let names = GPT2Vocabulary.names.map(\.0) + ["tokenizer.json"]
    for name in names {
      let inside = path + "/" + name
      if FileKind.of(inside) == .file { return inside }
    }
    throw .missingInput(
      "\(place): the folder holds none of \(names.joined(separator: ", "))")
  }
}
