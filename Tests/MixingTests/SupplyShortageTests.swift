import Declarations
import Bytes
import Mixing
import Testing

@Suite struct SupplyShortageTests {
  private func messages(
    _ supplies: [SourceSupply], _ phases: [PhaseDemand], maxEpochs: Int = 1, rowLength: Int? = nil
  ) -> [String] {
    do {
      _ = try MixtureOrder(
        supplies: supplies, phases: phases, maxEpochs: maxEpochs, whenExhausted: .fail,
        rowLength: rowLength)
      return []
    } catch {
      #expect(error.kind == .badData)
      return error.message.split(separator: "\n").map(String.init)
    }
  }

  @Test func saysWhatWouldDo() {
    // 0.92B tokens of 2,048 with 20 % for p3, which has 31 M.
    let supplies = [
      SourceSupply(name: "p3", rowsPerEpoch: 15_136, tokens: 31_000_000),
      SourceSupply(name: "pile", rowsPerEpoch: 1_000_000, tokens: 2_048_000_000),
    ]
    let phases = [
      PhaseDemand(name: "main", rows: 449_219, weights: Weights(numerators: [20, 80]))
    ]
    #expect(
      messages(supplies, phases, maxEpochs: 4, rowLength: 2048) == [
        "p3 has 31M tokens, its share needs 184M: 5.9 epochs; raise max_epochs to 6 or lower its"
          + " weight to 13.4%"
      ])
    #expect(messages(supplies, phases, maxEpochs: 6).isEmpty)
  }

  @Test func everyShortageIsNamed() {
    let supplies = [
      SourceSupply(name: "a", rowsPerEpoch: 0, tokens: 12),
      SourceSupply(name: "b", rowsPerEpoch: 10, tokens: 100),
      SourceSupply(name: "c", rowsPerEpoch: 1000, tokens: 10_000),
    ]
    let phases = [
      PhaseDemand(name: "one", rows: 40, weights: Weights(numerators: [1, 1, 2])),
      PhaseDemand(name: "two", rows: 40, weights: Weights(numerators: [0, 1, 7])),
    ]
    #expect(
      messages(supplies, phases) == [
        "a has 12 tokens, less than one row, and a share of the mixture; give it more documents or"
          + " the weight 0",
        "b has 100 tokens, its share needs 150: 1.5 epochs; raise max_epochs to 2 or lower its"
          + " weight to 15% in one and 7.5% in two",
      ])
  }

  @Test func aSourceAloneIsScaled() {
    let supplies = [SourceSupply(name: "pile", rowsPerEpoch: 18_400, tokens: 37_800_000)]
    let phases = [PhaseDemand(name: "pile", rows: 1_279_297, weights: Weights(numerators: [1]))]
    #expect(
      messages(supplies, phases, rowLength: 2048) == [
        "pile has 37.8M tokens, its share needs 2.62B: 69.5 epochs; raise max_epochs to 70 or"
          + " scale the phases down to 1.43%"
      ])
  }

  /// The order decides to the row: supplies of what it gives suffice, one row less does not, and
  /// the weight and the epochs that a message names do.
  @Test(arguments: 0..<40) func exactToTheRow(ordinal: Int) throws {
    let count = 2 + ordinal % 5
    let weights = RandomWeights.vector(ordinal, sources: count)
    let names = (0..<count).map { "s\($0)" }
    let phases = [37, 101].map { PhaseDemand(name: "p\($0)", rows: $0, weights: weights) }
    let plenty = names.map { SourceSupply(name: $0, rowsPerEpoch: 1000, tokens: 1000) }
    let given = try MixtureOrder(
      supplies: plenty, phases: phases, maxEpochs: 1, whenExhausted: .fail
    ).summaryAtEnd().sources.map(\.rows)
    let exact = zip(names, given).map { SourceSupply(name: $0, rowsPerEpoch: $1, tokens: $1) }
    #expect(MixtureOrder.shortages(supplies: exact, phases: phases, maxEpochs: 1).isEmpty)
    for source in 0..<count where given[source] > 1 {
      var supplies = exact
      supplies[source].rowsPerEpoch -= 1
      let shortages = MixtureOrder.shortages(supplies: supplies, phases: phases, maxEpochs: 1)
      #expect(shortages.map(\.source) == [source])
      // What it needs is stated to within the bound of each phase, never too low.
      let needed = shortages.first?.rowsNeeded ?? 0
      #expect((given[source]...given[source] + 2 * phases.count).contains(needed))
      #expect(shortages.first?.epochsNeeded == 2)
    }
  }
}
