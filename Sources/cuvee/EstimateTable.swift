import Pipeline

/// The estimates of a mixture's sources, with the samples that they are made from.
struct EstimateTable {
  private let estimates: [SourceEstimate]

  init(_ estimates: [SourceEstimate]) { self.estimates = estimates }

  func print() {
    var table = Table(
      [
        "source", "files", "size", "tokens (estimate)", "needed", "epochs (estimate)", "kept",
        "tokens per byte", "sample",
      ], rightAligned: [1, 2, 3, 4, 5, 6, 7])
    for estimate in estimates {
      table.add(
        [
          estimate.name, Figures.grouped(estimate.files), Figures.bytes(estimate.bytes),
          Figures.grouped(estimate.estimatedTokens), Figures.grouped(estimate.neededTokens),
          Figures.decimals(estimate.estimatedEpochs, 2),
        ] + (estimate.sample.map(columns) ?? ["", "", "none"]))
    }
    table.print()
    for estimate in estimates {
      guard let sample = estimate.sample else { continue }
      if !sample.notSampled.isEmpty {
        Terminal.print(
          "\(estimate.name): the estimate leaves out \(sample.notSampled.joined(separator: ", ")): a "
            + "sample does not show what they remove")
      }
      guard sample.badRecords.count > 0 else { continue }
      for line in sample.badRecords.lines.prefix(4) {
        Terminal.error(line.hasPrefix(" ") ? line : "in the sample: " + line)
      }
      if sample.hasTooManyBadRecords {
        Terminal.error(
          "note: max_bad_share allows fewer bad records; if all of \(estimate.name) is like this, "
            + "a build ends after reading it")
      }
    }
  }

  private func columns(_ sample: SourceEstimate.Sample) -> [String] {
    let records = "\(Figures.grouped(sample.records)) records, \(Figures.bytes(sample.bytes))"
    return [
      Figures.percent(sample.keptShare), Figures.decimals(sample.tokensPerByte, 4),
      sample.isWhole ? "all \(records)" : records,
    ]
  }
}
