import Testing

/// How files are laid out and named.
@Suite struct SourceStyleTests {
  /// A script writes these, and nobody reads them from top to bottom.
  static let generated: Set = ["Tokenizers/Unicode/UnicodePropertyTable.swift"]

  @Test func noFileIsLong() throws {
    let files = try Repository.swiftFiles(below: "Sources") + Repository.swiftFiles(below: "Tests")
    for file in files where !Self.generated.contains(file.shortPath) {
      #expect(file.lines.count <= 500, "\(file.path)")
    }
    let counts = try Repository.swiftFiles(below: "Sources").map(\.lines.count).sorted()
    #expect(counts[counts.count / 2] <= 180)
  }

  /// Files that gather small things, none of which is the file's own.
  static let gatherings: Set = [
    "Bytes/LittleEndian.swift",  // extends [UInt8] and Span
    "MixtureFiles/Reading/ScalarSyntaxes.swift",  // the syntax of each kind of scalar
    "cuvee/CommonOptions.swift",  // option groups that commands have in common
  ]

  /// `Foo.swift` declares `Foo`, `Foo+Bar.swift` extends it.
  @Test func filesAreNamedAfterWhatTheyHold() throws {
    for file in try Repository.swiftFiles(below: "Sources")
    where !Self.gatherings.contains(file.shortPath) {
      let name = file.path.split(separator: "/").last?.dropLast(".swift".count) ?? ""
      let parts = name.split(separator: "+")
      let words = parts.count > 1 ? "extension" : "struct|class|enum|protocol|extension|typealias"
      // `[UInt8]` is an Array.
      let type = parts[0] == "Array" ? #"(\[|Array\b)"# : parts[0] + #"\b"#
      let declaration = try Regex(#"\b("# + words + #")\s+"# + type)
      #expect(file.matches(declaration).count > 0, "\(file.path)")
    }
  }

  @Test func everyFormatIsInTheList() throws {
    let list = try Repository.text("Sources/Readers/RecordFormats.swift")
    let listed = list.matches(of: #/(\w+)\.self,/#).map { String($0.output.1) }
    let files = try Repository.files(below: "Sources/Readers/Formats")
    let types = files.map { String($0.split(separator: "/")[3].dropLast(".swift".count)) }
    #expect(!types.isEmpty && Set(types) == Set(listed) && listed.count == types.count)
    for file in try Repository.swiftFiles(below: "Sources/Readers/Formats") {
      #expect(file.matches(#/static let name\b/#).count == 1, "\(file.path)")
    }
  }

  @Test func unsafeCodeLiesAtTheEdges() throws {
    // Each calls C: simdjson, `memchr`, the thread library, `getrusage`, `isatty` and the like.
    let edges: Set = [
      "Readers/JSONRecord.swift", "Readers/LineEnd.swift", "Readers/UTF8Check.swift",
      "Pipeline/Execution/Threads.swift", "Pipeline/Execution/StageRunner.swift",
      "Tokenizers/Patterns/CompiledRegex.swift", "Tokenizers/Patterns/RegexMatcher.swift",
      "Tokenizers/Vocabularies/FileKind.swift", "cuvee/Cuvee.swift",
      // The kernels of words and n-grams, and the memory that they work in.
      "Filters/Analyses/RepeatedNgrams.swift", "Filters/Analyses/Scratch.swift",
      "Filters/Analyses/TopNgrams.swift", "Filters/Analyses/WordTable.swift",
      // The kernels of the encoder, and the memory that they work in.
      "Tokenizers/BytePair/AddedTokenMatcher.swift", "Tokenizers/BytePair/HugePages.swift",
      "Tokenizers/BytePair/MergeTables.swift", "Tokenizers/BytePair/PieceCache.swift",
      "Tokenizers/BytePair/PieceWindow.swift", "Tokenizers/Pretokenizers/PieceScanner.swift",
      "Tokenizers/SentencePiece/JoinTable.swift", "Tokenizers/Patterns/SplitChain.swift",
      "Tokenizers/Patterns/Splitter.swift", "Tokenizers/Unicode/CodePointTable.swift",
      "Tokenizers/Unicode/CanonicalNormalizer.swift", "Tokenizers/Unicode/ClassPages.swift",
      "Tokenizers/Vocabularies/TokenTable.swift",
    ]
    for file in try Repository.swiftFiles(below: "Sources")
    where file.target != "Bytes" && file.target != "Streams" && !edges.contains(file.shortPath) {
      #expect(file.matches(#/\bunsafe\b/#).isEmpty)
    }
  }

  /// Corpus text is bytes: strings are for names, patterns and vocabularies, which are read once.
  @Test func corpusTextIsNeverAString() throws {
    let strings =
      #/\bCharacter\b|\.split\(separator: "|\bRegex\b|lowercased\(|uppercased\(|components\(separatedBy|trimmingCharacters|replacingOccurrences/#
    // They read what the tokenizer is made from, before any text.
    let loaders: Set = [
      "CanonicalData.swift", "CodePointTable.swift", "ByteLevelVocabulary.swift",
      "GPT2Vocabulary.swift", "CharacterMap.swift", "HuggingFaceComponents.swift",
      "HuggingFaceFile.swift", "Decomposition.swift", "RegexParser.swift",
      "UnicodeProperties.swift",
    ]
    let folders = ["Documents", "Readers", "Deduplication", "Tokenizers", "Pipeline/Stages"]
    for folder in folders {
      for file in try Repository.swiftFiles(below: "Sources/\(folder)")
      where !loaders.contains(String(file.path.split(separator: "/").last ?? "")) {
        // An error is a message for people.
        let found = file.matches(strings).filter { !$0.contains("error.message") }
        #expect(found.isEmpty)
      }
    }
  }

  /// Data that lies beside a checkout is the business of continuous integration alone.
  @Test func nothingButContinuousIntegrationLooksBesideTheCheckout() throws {
    let folder = "sha" + "red/"
    var naming: [String] = []
    for path in try Repository.files() {
      guard let text = try? Repository.text(path) else { continue }
      if text.contains("../" + folder) || text.contains("/work/" + folder) { naming.append(path) }
    }
    #expect(naming == [".ci/run"])
  }
}
