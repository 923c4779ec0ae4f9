import Bytes
import Declarations
import Deduplication
import Filters
import MixtureFiles
import Shards

/// What a program does with the documents of one source, in order.
///
/// The account of a source has an entry for every step, in the same order, after one for `--sample`.
struct SourceSteps: Sendable {
  /// Rules that run one after another, without a barrier between them.
  struct Chain: Sendable {
    let chain: FilterChain
    /// The entry of its first rule.
    let firstEntry: Int
    /// The digest of its rules and their parameters.
    let key: Digest

    /// The entries of its rules and of `empty_text`.
    var entries: Range<Int> { firstEntry..<firstEntry + chain.reasons.count }
    /// Whether it does nothing.
    var isEmpty: Bool { chain.steps.isEmpty }
  }

  /// The rules before the first barrier: ingest applies them.
  private(set) var chain: Chain
  /// The chains after a barrier, in order.
  private(set) var laterChains: [Chain] = []
  /// All chains, in order.
  var allChains: [Chain] { [chain] + laterChains }
  /// The ids of the entries that ingest adds to.
  var ingestedIDs: [String] {
    entries.ids(0..<(chain.isEmpty ? chain.firstEntry : chain.entries.upperBound))
  }
  /// The entries of the account.
  private(set) var entries = StepEntries()
  /// The barriers that look at its documents, in order.
  private(set) var deduplications: [any Barrier] = []

  /// Creates the steps of a source with which nothing is done.
  init() throws(CuveeError) {
    entries.add(
      step: "--sample", rule: "sample", reason: DropReason.notSampled, isShown: false)
    chain = try Chain([], firstEntry: entries.count)
  }

  /// Adds the rules of a chain, each with its filter's name.
  ///
  /// - Returns: The chain.
  /// - Throws: `badData` where a rule refuses its parameters.
  mutating func add(
    _ rules: [(filter: String, step: FilterStep)]
  ) throws(CuveeError) -> Chain {
    let added = try Chain(rules.map(\.step), firstEntry: entries.count)
    for (filter, step) in rules {
      entries.add(
        step: "\(filter)/\(step.rule)", rule: step.rule, reason: step.named.name, isShown: true)
    }
    entries.add(
      step: "\(rules.last?.filter ?? "")/empty", rule: "empty", reason: DropReason.emptyText,
      isShown: added.chain.editsLines)
    if deduplications.isEmpty { chain = added } else { laterChains.append(added) }
    return added
  }

  /// Adds a barrier that looks at the source's documents; `empty_text` where it can leave nothing of
  /// one.
  ///
  /// - Returns: Its entries.
  mutating func add(_ barrier: any Barrier) -> Range<Int> {
    let first = entries.count
    entries.add(
      step: barrier.step, rule: type(of: barrier).name, reason: type(of: barrier).reason,
      isShown: true)
    if barrier.scope == .lines {
      entries.add(step: barrier.step, rule: "empty", reason: DropReason.emptyText, isShown: true)
    }
    deduplications.append(barrier)
    return first..<entries.count
  }
}

extension SourceSteps.Chain {
  fileprivate init(_ steps: [FilterStep], firstEntry: Int) throws(CuveeError) {
    chain = try FilterChain(steps)
    self.firstEntry = firstEntry
    var key = KeyBuilder("rules", version: ToolVersion.formats)
    for step in steps {
      key.add("rule", step.rule)
      key.add("version", Rules.named(step.rule)?.version ?? 0)
      key.add("reason", step.named.name)
      try step.values().add(to: &key)
    }
    self.key = key.key
  }
}

extension Deduplication {
  /// The barrier that does it.
  ///
  /// - Throws: `badData`, without a place, where its parameters do not fit.
  func makeBarrier() throws(CuveeError) -> any Barrier {
    guard let type = Barriers.named(kind) else {
      throw .badData("unknown deduplication \"\(kind)\"")
    }
    return try type.init(parameters: Parameters(parameters, for: type.declaration))
  }
}

extension Barrier {
  /// The name of its step, as people read it.
  var step: String { "deduplicate \(Self.name)" }
  /// Whether the URLs of documents are asked for.
  var asksForURLs: Bool { needsURLs || keep.needsURLs }
}
