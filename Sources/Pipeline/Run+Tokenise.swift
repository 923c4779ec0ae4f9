import Bytes
import Mixing
import MixtureFiles
import Shards

extension Run {
  /// Tokenises what the barriers have left; the token parts of each source in their order.
  func tokenise(
    _ marked: [[MarkedTextPart]], _ ledger: inout AuditLedger
  ) throws -> [[StoredTokenPart]] {
    let units = marked.flatMap { $0 }.filter { !$0.text.facts.frameDocuments.isEmpty }.map {
      TokeniseUnit(
        part: $0, tokenizer: plan.tokenizer, specialTokens: plan.specialTokens,
        width: plan.tokenWidth,
        sourceName: plan.sources[$0.text.source].name,
        entries: plan.sources[$0.text.source].steps.entries)
    }
    var tokens = [[StoredTokenPart]](repeating: [], count: plan.sources.count)
    for (unit, facts) in zip(units, try runner.run(units)) {
      let text = unit.part.text
      tokens[text.source].append(
        StoredTokenPart(
          source: text.source, inputPart: text.inputPart, key: unit.key, facts: facts))
      if !unit.part.marks.isEmpty {
        try ledger.add(
          .tokenise, unit.key, of: text.source, inputPart: text.inputPart, facts.steps,
          marks: unit.part.marks)
      }
    }
    return tokens
  }

  /// Puts the documents of every source into the order of each epoch that the rows need.
  func shuffle(
    _ tokens: [[StoredTokenPart]], _ inputs: [SourceInputs], _ mix: FinishedMix
  ) throws -> [RowSupply] {
    var units: [ShuffleUnit] = []
    var supplies: [RowSupply] = []
    for source in plan.sources {
      let parts = shuffleInputs(tokens[source.index], inputs[source.index])
      let epochs = (0..<mix.epochs(of: source.index)).map { epoch in
        ShuffleUnit(
          sourceName: source.name, epoch: epoch, seed: plan.mixture.seed,
          width: plan.tokenWidth, inputs: parts, memory: plan.options.limits.shuffleBytes)
      }
      units += epochs
      supplies.append(
        RowSupply(
          rowsPerEpoch: mix.supplies[source.index].rowsPerEpoch, epochs: epochs.map(\.key)))
    }
    _ = try runner.run(units)
    return supplies
  }

  private func shuffleInputs(
    _ parts: [StoredTokenPart], _ inputs: SourceInputs
  ) -> [ShuffleInput] {
    var firstDocument: UInt64 = 0
    return parts.map { part in
      defer { firstDocument += part.facts.documents }
      return ShuffleInput(
        part: part, firstDocument: firstDocument,
        pathHashes: inputs.parts[part.inputPart].files.map { StableHash.xxh3($0.displayPath) })
    }
  }
}
