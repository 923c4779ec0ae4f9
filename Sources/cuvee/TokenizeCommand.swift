import ArgumentParser
import Bytes
import Declarations
import Pipeline
import Streams
import Tokenizers

/// `cuvee tokenize FILE`.
struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Tokenises documents into counts or an array of ids, or turns ids into text.",
    discussion: """
      --output ids.npy writes all ids as one flat uint32 array, and ids.offsets.npy with the n+1 \
      offsets (int64) at which the n documents begin and end. No end-of-document ids are added. \
      The command prints, for each file and in all, what it read and how many tokens that is.

      EXAMPLES:
        cuvee tokenize data.jsonl --tokenizer gpt2 --count
        cuvee tokenize notes.txt --tokenizer vocab/tokenizer.json --output ids.npy
        cat data.jsonl | cuvee tokenize - --tokenizer gpt2 --count
        echo 15496 995 | cuvee tokenize - --tokenizer gpt2 --decode
        cuvee tokenize ids.npy --tokenizer gpt2 --decode
      """)

  @Argument(help: "Files to read; - is standard input.", completion: .file())
  var files: [String]
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A registered name, or the path of a vocabulary.", valueName: "name-or-file"),
    completion: .file())
  var tokenizer: String
  @Option(
    name: .long,
    help: "How text is cut if the vocabulary does not say: a pattern's name or a regex.")
  var pattern: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder in which to look for registered tokenizers.", valueName: "folder"),
    completion: .directory)
  var data: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The format, such as jsonl. Default: guessed from the file's name.", valueName: "name"))
  var format: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The template of the text, as in {prompt}{completion}.", valueName: "template"))
  var text: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Write the ids to this file, in NumPy's format (.npy).", valueName: "file"),
    completion: .file())
  var output: String?
  @OptionGroup var force: ForceArguments
  @Flag(name: .long, help: "Only count; write no ids.") var count = false
  @Flag(name: .long, help: "Turn ids into text: numbers separated by white space, or a .npy file.")
  var decode = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How to treat special tokens that appear literally in the text.", valueName: "how"))
  var specialTokens = SpecialTokenHandling.ordinary
  @OptionGroup var badRecords: BadRecordArguments
  @OptionGroup var workers: WorkerArguments
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func validate() throws {
    if decode {
      guard !count, output == nil else {
        throw ValidationError("--decode writes text to standard output; leave --output and --count")
      }
      return
    }
    guard count || output != nil else {
      throw ValidationError("say what to do: --output FILE.npy, --count or --decode")
    }
    if let output, !output.hasSuffix(".npy") {
      throw ValidationError("--output \(output): the name must end in .npy")
    }
  }

  func run() throws {
    let tokenizer = try loaded()
    if decode {
      for file in files { try DecodeRun(tokenizer: tokenizer).run(file: file) }
      return
    }
    let run = TokenizeRun(
      files: files, format: format, text: text, tokenizer: tokenizer, workers: workers.count,
      specialTokens: specialTokens, badShare: try badRecords.limit())
    let totals = try run.run(output: try opened(tokenizer))
    for bad in totals.badRecords where bad.count > 0 { bad.lines.forEach(Terminal.error) }
    if json { try Terminal.printJSON(totals) } else { show(totals) }
  }

  private func show(_ totals: TokenizeTotals) {
    var table = Table(
      [
        "source", "documents", "bytes", "tokens", "tokens per byte", "bad records",
        "special tokens",
      ],
      rightAligned: [1, 2, 3, 4, 5, 6])
    var rows = totals.sources
    if rows.count > 1 { rows.append(("all", totals.all)) }
    for (name, counts) in rows {
      table.add([
        name, Figures.grouped(counts.documents), Figures.grouped(counts.bytes),
        Figures.grouped(counts.tokens), Figures.decimals(counts.tokensPerByte, 4),
        Figures.grouped(counts.badRecords.values.reduce(0, +)),
        Figures.grouped(counts.specialTokens),
      ])
    }
    table.print()
    if totals.all.specialTokens > 0 {
      Terminal.print(
        "special tokens that appear literally in texts were "
          + (specialTokens == .parse ? "parsed" : "taken as ordinary text"))
    }
  }

  /// The files of `--output`, nil where ids are only counted.
  private func opened(
    _ tokenizer: LoadedTokenizer
  ) throws(CuveeError) -> TokenizeRun.Output? {
    guard let output else { return nil }
    var protected = ProtectedFiles()
    for file in files {
      protected.add(file == "-" ? "/dev/stdin" : file, as: "the input \(file)")
    }
    for path in tokenizer.files { protected.add(path, as: "the tokenizer \(path)") }
    return TokenizeRun.Output(
      ids: try force.open(output, protected: protected),
      offsets: try force.open(output.dropLast(4) + ".offsets.npy", protected: protected),
      folder: FileSystem.parent(of: FileSystem.absolute(output)))
  }

  private func loaded() throws(CuveeError) -> LoadedTokenizer {
    if TokenizerCatalogue.registered.contains(where: { $0.name == tokenizer }) {
      if pattern != nil {
        throw .badData("--pattern: \(tokenizer) is a registered tokenizer, whose pattern is known")
      }
      return try TokenizerCatalogue.find(
        tokenizer, searchFolders: (data.map { [$0] } ?? []) + TokenizerFolders.all)
    }
    let specification = TokenizerSpecification(
      path: FileSystem.absolute(tokenizer), pattern: pattern)
    return try TokenizerCatalogue.load(specification, displayPath: tokenizer)
  }
}

extension SpecialTokenHandling: ExpressibleByArgument {}
