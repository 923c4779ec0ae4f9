import ArgumentParser
import Bytes
import Pipeline
import Shards

/// `cuvee verify OUT`: every checksum, a recount of every share.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks every checksum of an output and recounts its shares.",
    discussion: """
      --deep also traces 1,000 random rows to their source records: it reads the records again, \
      compares their texts with the hashes in the table of documents, tokenises them, and compares \
      the tokens. --trace N does so for N rows.

      EXAMPLES:
        cuvee verify out
        cuvee verify out --deep --data /data
      """)

  @OptionGroup var arguments: OutputArguments
  @Option(
    name: .long,
    help: ArgumentHelp("Trace this many random rows to their sources.", valueName: "number"))
  var trace: Int?
  @Flag(name: .long, help: "Trace 1,000 random rows to their sources.")
  var deep = false
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func validate() throws {
    if let trace, trace < 1 { throw ValidationError("--trace \(trace): give a number of rows") }
  }

  func run() throws {
    var verifier = try OutputVerifier(folder: arguments.output, displayPath: arguments.output)
    let report = verifier.verify()
    // Rows of a damaged output cannot be traced; what is damaged is the news.
    let rows = trace ?? (deep ? 1000 : nil)
    let check = report.isSound ? try rows.map { try traceCheck(rows: $0) } : nil
    let sound = report.isSound && (check?.findings.isEmpty ?? true)
    if json {
      try Terminal.printJSON(Facts(sound: sound, report: report, trace: check))
    } else {
      let counts = report.counts
      Terminal.print(
        "\(counts.files) files, \(Figures.bytes(counts.rawBytes)) uncompressed, "
          + "\(Figures.grouped(counts.rows)) rows, \(Figures.grouped(counts.tokens)) tokens, "
          + "\(Figures.grouped(counts.segments)) segments, "
          + "\(Figures.grouped(counts.documents)) documents checked")
      if let check {
        Terminal.print(
          "\(check.rows) rows traced: \(check.segments) segments of \(check.documents) documents "
            + "read again and tokenised")
      }
      for finding in report.findings { Terminal.print("\(finding.place): \(finding.message)") }
      for finding in check?.findings ?? [] { Terminal.print(finding) }
      if sound { Terminal.print("\(arguments.output): sound") }
    }
    guard sound || !report.isSound else {
      throw CuveeError.badData(
        "\(arguments.output): is sound in itself, but differs from what --data and the tokenizer "
          + "give now; they may have changed since it was built")
    }
    guard sound else {
      throw CuveeError.badData(
        "\(arguments.output): is damaged; build it again into the same folder, which redoes what "
          + "is damaged")
    }
  }

  private func traceCheck(rows: Int) throws(CuveeError) -> TraceCheck {
    let output = try OutputReader(arguments.output)
    let manifest = output.manifest
    // Floyd's sampling: so many different rows, or all.
    var random = StableRandom(seed: manifest.seed, purpose: "verify --trace")
    var numbers: Set<UInt64> = []
    let all = Int(manifest.rows)
    for last in max(0, all - rows)..<all {
      let row = UInt64(random.below(last + 1))
      if !numbers.insert(row).inserted { numbers.insert(UInt64(last)) }
    }
    return try TraceCheck(
      output, rows: numbers.sorted(), base: try arguments.requireData(),
      tokenizer: try arguments.tokenizer(of: manifest))
  }

  private struct Facts: Encodable {
    var sound: Bool
    var report: VerificationReport
    var trace: TraceCheck?
  }
}
