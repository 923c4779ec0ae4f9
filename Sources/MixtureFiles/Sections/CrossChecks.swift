/// Rules that hold between sections.
enum CrossChecks {
  /// Reports what breaks them; sections that are missing or broken were reported before.
  static func check(_ file: MixtureFile, _ entries: Entries, _ reading: inout Reading) {
    phaseNames(file, &reading)
    if entries.known[MixtureSection.phases.name] != nil { unweighted(file, &reading) }
    for phase in file.phases where phase.tokens > 0 && phase.tokens < UInt64(file.sequenceLength) {
      reading.report(
        phase.mark,
        "phase \"\(phase.name)\" has \(phase.tokens) tokens, less than one row of "
          + "\(file.sequenceLength); raise tokens or lower sequence_length")
    }
  }

  private static func phaseNames(_ file: MixtureFile, _ reading: inout Reading) {
    var seen: Set<String> = []
    for phase in file.phases where !seen.insert(phase.name).inserted {
      reading.report(
        phase.mark,
        "a second phase is named \"\(phase.name)\"; give each phase its own \"name\"")
    }
  }

  /// A source that no phase mentions is more likely forgotten than meant.
  private static func unweighted(_ file: MixtureFile, _ reading: inout Reading) {
    let phasesWithoutWeights = file.phases.contains { $0.weights.isEmpty }
    guard !file.phases.isEmpty, !phasesWithoutWeights else { return }
    let weighted = Set(file.phases.flatMap { $0.weights.map(\.source.value) })
    for source in file.sources where !weighted.contains(source.name) {
      reading.report(
        source.mark,
        "source \"\(source.name)\" is in no phase; give it a weight, or a weight of 0 to leave it "
          + "out")
    }
  }
}
