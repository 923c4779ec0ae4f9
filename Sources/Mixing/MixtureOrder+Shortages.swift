extension MixtureOrder {
  /// The sources that cannot supply their share of all phases within the epochs allowed, in
  /// their order.
  ///
  /// Cheap where shares decide: the order asks a source for n*w rows to within its bound. Only
  /// where a row more or less decides is the order gone through.
  ///
  /// - Parameters:
  ///   - supplies: What each source has to give.
  ///   - phases: What each phase asks, weights in the order of the supplies.
  ///   - maxEpochs: The passes over a source's documents that are allowed.
  ///   - rowLength: The tokens of a row, for the messages; nil to estimate them.
  /// - Returns: One shortage for each such source, none where the mixture is feasible.
  public static func shortages(
    supplies: [SourceSupply], phases: [PhaseDemand], maxEpochs: Int, rowLength: Int? = nil
  ) -> [SupplyShortage] {
    var needs: [Int] = []
    var isCertain = true
    for (source, supply) in supplies.enumerated() {
      let available = supply.rows(epochs: maxEpochs)
      var least = 0
      var greatest = 0
      for phase in phases {
        let asked = phase.rowsAsked(of: source)
        least += asked.lowerBound
        greatest += asked.upperBound
      }
      needs.append(greatest)
      if least <= available, greatest > available { isCertain = false }
    }
    if !isCertain { needs = rowsGiven(phases, names: supplies.map(\.name)) }
    return supplies.indices.compactMap { source in
      guard needs[source] > supplies[source].rows(epochs: maxEpochs) else { return nil }
      return SupplyShortage(
        source: source, supply: supplies[source], rowsNeeded: needs[source], phases: phases,
        maxEpochs: maxEpochs, rowLength: rowLength)
    }
  }

  /// The rows that each source gives to all phases when none is exhausted.
  private static func rowsGiven(_ phases: [PhaseDemand], names: [String]) -> [Int] {
    var rows = Array(repeating: 0, count: names.count)
    for phase in phases {
      var order = RowOrder(weights: phase.weights, names: names)
      for _ in 0..<max(0, phase.rows) { rows[order.next()] += 1 }
    }
    return rows
  }
}
