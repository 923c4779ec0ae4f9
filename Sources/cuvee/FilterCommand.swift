import ArgumentParser
import Bytes
import Glibc
import Pipeline
import Streams

/// `cuvee filter FILE... --with FILTER`.
struct FilterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter",
    abstract: "Tries a filter on documents: shows what is kept, what is cut, and why.",
    discussion: """
      A filter is a YAML file (Filters/c4.yaml) or the name of one: in $CUVEE_FILTERS, in the \
      folder Filters here, or built in (`cuvee filters` lists them). A + marks documents and lines \
      that are kept, a - those that are dropped; lines that no rule looked at have no mark.

      EXAMPLES:
        cuvee filter page.txt --with c4
        cuvee filter data.jsonl --with Filters/c4-lines.yaml --summary
        cuvee filter data.jsonl --with c4-lines --output kept.jsonl
        cuvee filter data.jsonl --with c4-lines --json | jq -r .reason
      """)

  @Argument(help: "Files to read; - is standard input.", completion: .file())
  var files: [String]
  @Option(
    name: .long, help: ArgumentHelp("The filter: a name or a path.", valueName: "filter"),
    completion: .file(extensions: ["yaml", "yml"]))
  var with: String
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
    help: ArgumentHelp("Write the kept documents to this file, as JSON Lines.", valueName: "file"),
    completion: .file())
  var output: String?
  @OptionGroup var force: ForceArguments
  @Flag(name: .long, help: "Show only the totals; --output implies it.") var summary = false
  @OptionGroup var badRecords: BadRecordArguments
  @OptionGroup var workers: WorkerArguments
  @Flag(
    name: .long, help: "Print JSON: a line for each document, or the totals with --summary.")
  var json = false

  func run() throws {
    let filter = try FilterCatalogue.load(with, folders: FilterFolders.all + ["Filters"])
    for step in filter.deduplications {
      Terminal.error(
        "note: \(step) is left out: it needs the whole corpus, so only a build does it")
    }
    let run = FilterRun(
      files: files, format: format, text: text, chain: try filter.chain(), workers: workers.count,
      badShare: try badRecords.limit())
    var protected = ProtectedFiles()
    for file in files {
      protected.add(file == "-" ? "/dev/stdin" : file, as: "the input \(file)")
    }
    if let path = filter.path { protected.add(path, as: "the filter \(path)") }
    for path in filter.listPaths { protected.add(path, as: "the list \(path)") }
    let file = try output.map { path throws(CuveeError) in
      try force.open(path, protected: protected)
    }
    let totals: FilterTotals
    if json && !summary {
      totals = try run.run(output: file) { document in
        var line: [UInt8] = []
        document.appendJSON(to: &line)
        Terminal.write(line)
      }
    } else if summary || output != nil {
      totals = try run.run(output: file, show: nil)
    } else {
      let view = FilteredDocumentView(isColoured: isatty(1) == 1)
      totals = try run.run(output: nil) { Terminal.write(view.bytes(of: $0)) }
    }
    for bad in totals.badRecordsByFile where bad.count > 0 { bad.lines.forEach(Terminal.error) }
    if summary && json {
      try Terminal.printJSON(totals)
    } else if summary || output != nil {
      show(totals)
    }
  }

  private func show(_ totals: FilterTotals) {
    var table = Table(
      ["reason", "rule", "documents", "bytes", "lines", "bytes", "changed"],
      rightAligned: [2, 3, 4, 5, 6])
    for step in totals.steps {
      let numbers = [
        step.documents, step.documentBytes, step.lines, step.lineBytes, step.editedLines,
      ]
      table.add([step.reason, step.rule] + numbers.map { $0 == 0 ? "" : Figures.grouped($0) })
    }
    table.print()
    for step in totals.steps {
      if let found = step.found { Terminal.print("\(step.reason): \(FoundWords.text(found))") }
    }
    let share = Double(totals.keptBytes) / Double(max(1, totals.bytes))
    Terminal.print(
      "kept \(Figures.grouped(totals.keptDocuments)) of \(Figures.grouped(totals.documents)) "
        + "documents, \(Figures.bytes(totals.keptBytes)) of \(Figures.bytes(totals.bytes)) "
        + "(\(Figures.percent(share))); \(totals.badRecordCount) bad records")
  }
}
