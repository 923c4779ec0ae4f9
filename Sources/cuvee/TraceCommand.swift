import ArgumentParser
import Bytes
import Pipeline
import Shards

/// `cuvee trace OUT --row N`.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Shows where every token of a row comes from.",
    discussion: """
      EXAMPLES:
        cuvee trace out --row 0
        cuvee trace out --row 17 --text --data /data
        cuvee trace out --row 17 --check --data /data
      """)

  @OptionGroup var arguments: OutputArguments
  @Option(
    name: .long,
    help: ArgumentHelp("The row's number in the whole output, from 0.", valueName: "number"))
  var row: UInt64
  @Flag(name: .long, help: "Read the documents again, and print how each begins.")
  var text = false
  @Flag(name: .long, help: "Read the documents again, tokenise them, and compare.")
  var check = false
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func run() throws {
    let output = try OutputReader(arguments.output)
    let trace = try RowTrace(output, row: row)
    if json { try Terminal.printJSON(trace) } else { show(trace) }
    if text { try printTexts(of: output, trace) }
    guard check else { return }
    let result = try TraceCheck(
      output, rows: [row], base: try arguments.requireData(),
      tokenizer: try arguments.tokenizer(of: output.manifest))
    guard result.findings.isEmpty else {
      throw CuveeError.badData(result.findings.joined(separator: CuveeError.separator))
    }
    Terminal.error(
      "\(result.segments) segments of \(result.documents) documents read again and tokenised: "
        + "equal")
  }

  private func show(_ trace: RowTrace) {
    Terminal.print(
      "row \(trace.row): phase \(trace.phase), source \(trace.source), "
        + "row \(trace.rowInShard) of \(trace.shard)")
    var table = Table(
      ["tokens", "of document", "file", "record", "byte offset", "edits", "id"],
      rightAligned: [3, 4, 5])
    for segment in trace.segments {
      table.add([
        "\(segment.offsetInRow)..<\(segment.offsetInRow + segment.length)",
        "\(segment.offsetInDocument)..<\(segment.offsetInDocument + segment.length) "
          + "of \(segment.documentTokens)", segment.file, "\(segment.record)",
        "\(segment.byteOffset)", "\(segment.edits)", segment.id,
      ])
    }
    table.print()
    if !trace.steps.isEmpty {
      Terminal.print("steps passed: " + trace.steps.joined(separator: ", "))
    }
  }

  /// Prints how each document of the row begins, in the order of the row.
  private func printTexts(of output: OutputReader, _ trace: RowTrace) throws(CuveeError) {
    var documents: [DocumentRecord] = []
    for segment in try output.segments(of: row) {
      documents.append(
        try output.document(source: Int(segment.source), ordinal: segment.document))
    }
    // A row has one source, so the ordinal tells its documents apart.
    var texts: [UInt64: (beginning: ArraySlice<UInt8>, bytes: Int)] = [:]
    try SourceTexts(output, base: try arguments.requireData()).read(documents) { document, text in
      texts[document.ordinal] = (text.prefix(400), text.count)
    }
    for segment in trace.segments {
      guard let text = texts[segment.document] else { continue }
      Terminal.print(
        "--- tokens \(segment.offsetInRow)..<\(segment.offsetInRow + segment.length): "
          + "\(segment.file), record \(segment.record), \(Figures.grouped(text.bytes)) bytes")
      Terminal.print(String(decoding: text.beginning, as: UTF8.self))
    }
  }
}
