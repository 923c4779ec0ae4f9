import ArgumentParser
import Bytes
import Pipeline
import Streams
import Tokenizers

/// `cuvee tokenize FILE`.
struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Tokenises documents: counts, or one flat array of ids; or turns ids to text.",
    discussion: """
      --output ids.npy writes one flat uint32 array, and ids.offsets.npy with the n+1 places
      (int64) where documents begin and end. No end-of-document ids are added.

      EXAMPLES:
        cuvee tokenize data.jsonl --tokenizer gpt2 --count
        cuvee tokenize notes.txt --tokenizer vocab/tokenizer.json --output ids.npy
        cat data.jsonl | cuvee tokenize - --tokenizer gpt2 --count
        echo 15496 995 | cuvee tokenize - --tokenizer gpt2 --decode
        cuvee tokenize ids.npy --tokenizer gpt2 --decode
      """)

  @Argument(help: "Files to read; - is standard input.")
  var files: [String]
  @Option(name: .long, help: "A registered name, or a vocabulary's file.")
  var tokenizer: String
  @Option(name: .long, help: "The folder in which registered tokenizers are looked for.")
  var data: String?
  @Option(name: .long, help: "jsonl, or another format's name; by the file's name by default.")
  var format: String?
  @Option(name: .long, help: "The template of the text, as in {prompt}{completion}.")
  var text: String?
  @Option(name: .long, help: "Write the ids to this file, in NumPy's format.")
  var output: String?
  @Flag(name: .long, help: "Print the totals only.") var count = false
  @Flag(name: .long, help: "Turn ids to text: numbers with white space between, or a .npy file.")
  var decode = false
  @Option(name: .long, help: "What special tokens that a text spells out are: ordinary, or parse.")
  var specialTokens = SpecialTokenHandling.ordinary
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
      throw ValidationError("say what to do: --output FILE.npy, --count, or --decode")
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
      specialTokens: specialTokens)
    let totals = try run.run(output: output)
    for line in totals.badRecords { Terminal.error("bad record: \(line)") }
    if json {
      try Terminal.printJSON(totals)
    } else {
      Terminal.print(
        "\(Figures.grouped(totals.documents)) documents, \(Figures.grouped(totals.bytes)) bytes, "
          + "\(Figures.grouped(totals.tokens)) tokens, "
          + "\(Figures.decimals(Double(totals.bytes) / Double(max(1, totals.tokens)), 3)) bytes "
          + "per token, \(totals.badRecordCount) bad records, "
          + "\(Figures.grouped(totals.specialTokens)) special tokens spelt out in text "
          + "(\(specialTokens == .parse ? "parsed" : "ordinary text"))")
    }
  }

  private func loaded() throws(CuveeError) -> LoadedTokenizer {
    if TokenizerCatalogue.registered.contains(where: { $0.name == tokenizer }) {
      return try TokenizerCatalogue.find(
        tokenizer, searchFolders: (data.map { [$0] } ?? []) + TokenizerFolders.all)
    }
    return try TokenizerCatalogue.load(
      TokenizerSpecification(path: FileSystem.absolute(tokenizer)), displayPath: tokenizer)
  }
}

extension SpecialTokenHandling: ExpressibleByArgument {}
