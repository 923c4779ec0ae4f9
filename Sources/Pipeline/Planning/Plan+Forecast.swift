import MixtureFiles
import Shards

extension Plan {
  /// What a build of the plan has to do, as though nothing were in the cache.
  ///
  /// - Parameters:
  ///   - estimates: What is known of the sources.
  ///   - workers: The number of threads.
  /// - Returns: The forecast before any stage is reached.
  func forecast(_ estimates: [SourceEstimate], workers: Int) -> WorkForecast {
    let width = Double(tokenWidth)
    var amounts: [Stage: WorkForecast.Amount] = [:]
    var ruleSeconds = 0.0
    for (source, estimate) in zip(sources, estimates) {
      let text = Double(estimate.estimatedTokens) * SourceEstimate.bytesPerToken
      let tokens = Double(estimate.estimatedTokens) * width
      func add(_ stage: Stage, _ work: Double, kept: Double) {
        amounts[stage, default: .init()] += .init(work: work, kept: kept)
      }
      add(.digest, Double(estimate.bytes), kept: 0)
      add(.ingest, Double(estimate.bytes), kept: text)
      if !source.steps.chain.isEmpty { ruleSeconds += text * WorkForecast.ruleCost * 1e-9 }
      for _ in source.steps.deduplications { add(.sign, text, kept: text / 100) }
      for _ in source.steps.laterChains { add(.filter, text, kept: text) }
      add(.tokenise, text, kept: tokens)
      let used = estimate.neededTokens == 0 ? 0 : max(1, estimate.estimatedEpochs.rounded(.up))
      let epochs = min(used, Double(mixture.repetition.maxEpochs))
      add(.shuffle, tokens * epochs, kept: tokens * epochs)
    }
    let rows = Double(phases.reduce(0) { $0 + $1.rows })
    if let token = TokenWidth(rawValue: tokenWidth) {
      let row = RowColumns(sequenceLength: sequenceLength, width: token).rowBytes
      // zstd keeps about 0.6 of the bytes of tokens.
      amounts[.write] = .init(work: rows * Double(row), kept: rows * Double(row) * 0.6)
    }
    return WorkForecast(amounts, extraSeconds: [.ingest: ruleSeconds], workers: workers)
  }
}
