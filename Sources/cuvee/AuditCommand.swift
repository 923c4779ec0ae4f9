import ArgumentParser
import Bytes
import Pipeline
import Shards

/// `cuvee audit OUT`.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Shows what was dropped and cut from each source, why, and samples of it.",
    discussion: """
      Name a rule by its own name, with its filter (c4/line-end-marks), or by its reason. An output \
      keeps at most 20 samples of each step; every build of the same inputs keeps the same ones.

      EXAMPLES:
        cuvee audit out
        cuvee audit out --rule line-end-marks --sample 20
        cuvee audit out --source web --sample 3
        cuvee audit out --sample 20 --json | jq -r '.sources[].samples[].text'
      """)

  @Argument(help: "The folder of the output.", completion: .directory) var output: String
  @Option(name: .long, help: ArgumentHelp("Show only this source.", valueName: "name")) var source:
    String?
  @Option(
    name: .long, help: ArgumentHelp("Show samples of this rule, reason or step.", valueName: "name")
  ) var rule: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The number of samples of each step. Default: 5 with --rule, else none.", valueName: "number")
  )
  var sample: Int?
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func validate() throws {
    if let sample, sample < 0 { throw ValidationError("--sample \(sample): must not be negative") }
  }

  func run() throws {
    let report = try AuditReport(
      OutputReader(output), source: source, rule: rule,
      samples: sample ?? (rule == nil ? 0 : 5))
    if json { return try Terminal.printJSON(report) }
    for (index, source) in report.sources.enumerated() {
      if index > 0 { Terminal.print("") }
      show(source)
    }
  }

  private func show(_ source: AuditReport.Source) {
    Terminal.print(
      "source \(source.name): \(Figures.grouped(source.documents.read)) documents read, "
        + "\(Figures.bytes(source.bytes.read)) of text")
    for (reason, count) in source.badRecords.sorted(by: { $0.key < $1.key }) {
      Terminal.print("  \(Figures.grouped(count)) records gave no document: \(reason)")
    }
    if rule == nil, !source.steps.isEmpty { showFunnel(source) }
    for sample in source.samples { show(sample, of: source) }
  }

  private func showFunnel(_ source: AuditReport.Source) {
    var table = Table(
      ["step", "reason", "documents", "bytes", "lines", "bytes", "documents left", "bytes left"],
      rightAligned: [2, 3, 4, 5, 6, 7])
    for step in source.steps {
      let account = step.account
      let numbers = [account.documents, account.documentBytes, account.lines, account.lineBytes]
      table.add(
        [source.isAmbiguous(account) ? account.id ?? account.step : account.step, account.reason]
          + numbers.map { $0 == 0 ? "" : "-" + Figures.grouped($0) }
          + [Figures.grouped(step.documentsLeft), Figures.grouped(step.bytesLeft)])
    }
    table.print()
    for step in source.steps {
      guard let found = step.account.found else { continue }
      Terminal.print("\(step.account.reason): \(FoundWords.text(found))")
    }
    let share = Double(source.bytes.kept) / Double(max(1, source.bytes.read))
    let trimmed = source.bytes.dropped["trimmed"] ?? 0
    Terminal.print(
      "kept \(Figures.grouped(source.documents.kept)) documents, "
        + "\(Figures.grouped(source.bytes.kept)) bytes (\(Figures.percent(share)))"
        + (trimmed > 0
          ? "; \(Figures.grouped(trimmed)) bytes of white space, line ends and citations trimmed"
          : ""))
  }

  private func show(_ sample: AuditReport.Sample, of source: AuditReport.Source) {
    Terminal.print("")
    let account = source.steps.lazy.map(\.account).first { $0.id == sample.stepID }
    let name = account.flatMap { source.isAmbiguous($0) ? $0.id : nil } ?? sample.step
    var line = "\(name) [\(sample.reason)] \(sample.kind)"
    if let found = sample.found {
      line += ", \(found.debugDescription)"
    } else if let value = sample.value, let threshold = sample.threshold {
      line += ", \(Self.number(value)) against \(Self.number(threshold))"
    }
    if let bytes = sample.bytes { line += ", \(Figures.grouped(bytes)) bytes" }
    Terminal.print(line)
    let id = sample.id.map { $0.isEmpty ? "" : ", id \($0)" } ?? ""
    Terminal.print("  \(sample.file), record \(sample.record)\(id)")
    if let kept = sample.kept {
      let id = kept.id.isEmpty ? "" : ", id \(kept.id)"
      Terminal.print("  stays: \(kept.source), \(kept.file), record \(kept.record)\(id)")
    }
    let text = sample.text ?? sample.detail ?? ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      Terminal.print("  | " + line)
    }
  }

  private static func number(_ value: Double) -> String {
    Int(exactly: value).map { Figures.grouped($0) } ?? "\(value)"
  }
}

extension AuditReport.Source {
  /// Whether another step has the same name and reason, so that only the id tells them apart.
  fileprivate func isAmbiguous(_ step: ManifestStep) -> Bool {
    steps.count { $0.account.step == step.step && $0.account.reason == step.reason } > 1
  }
}
