import Bytes
import Declarations
import Deduplication
import Filters
import MixtureFiles
import Shards

/// The steps of a source in the order in which they are done, its filters opened up.
///
/// The account of a source has an entry for every step, in the same order: first `--sample`, then
/// the rules before the first barrier, and so on, at the end the barriers across sources.
struct SourceSteps: Sendable {
  /// An entry of the account.
  struct Entry: Sendable {
    /// The step as people read it: `c4/line-end-marks`, `deduplicate lines`.
    let step: String
    /// The rule of a filter, or the kind of a barrier.
    let rule: String
    /// The stable name of its reason.
    let reason: String
    /// Whether it is shown although it has done nothing.
    let isShown: Bool
  }

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

  /// A barrier within the source, and the rules after it.
  struct BarrierStep: Sendable {
    let barrier: any Barrier
    let entries: [Int]
    let chain: Chain
  }

  /// The rules before the first barrier.
  private(set) var chain: Chain
  /// All chains of rules, in order.
  var allChains: [Chain] { [chain] + barriers.map(\.chain) }
  /// The barriers with the rules after each.
  private(set) var barriers: [BarrierStep] = []
  /// The entries of the account.
  private(set) var entries: [Entry] = []
  /// The deduplications within the source.
  var deduplications: [any Barrier] { barriers.map(\.barrier) }

  /// Opens up the steps of a source.
  ///
  /// - Parameters:
  ///   - steps: The steps as the mixture file has them.
  ///   - filters: The filters by the names that the steps use.
  /// - Throws: `badData` where a rule's parameters do not go.
  init(_ steps: [Step], filters: [String: FilterCatalogue.Filter]) throws(CuveeError) {
    entries = [
      Entry(step: "--sample", rule: "sample", reason: DropReason.notSampled, isShown: false)
    ]
    chain = try Chain([], firstEntry: 1)
    for (index, segment) in try Self.segments(steps, filters).enumerated() {
      let barrierEntries = segment.barrier.map { add($0) } ?? []
      let chain = try Chain(segment.rules.map(\.step), firstEntry: entries.count)
      for (filter, step) in segment.rules {
        entries.append(
          Entry(
            step: "\(filter)/\(step.rule)", rule: step.rule, reason: step.named.name, isShown: true)
        )
      }
      entries.append(
        Entry(
          step: "\(segment.rules.last?.filter ?? "")/empty", rule: "empty",
          reason: DropReason.emptyText, isShown: chain.chain.editsLines))
      if let barrier = segment.barrier {
        barriers.append(
          BarrierStep(barrier: barrier, entries: barrierEntries, chain: chain))
      } else if index == 0 {
        self.chain = chain
      }
    }
  }

  /// A barrier, except for the first, and the rules after it, each with its filter's name.
  private struct Segment {
    var barrier: (any Barrier)?
    var rules: [(filter: String, step: FilterStep)] = []
  }

  private static func segments(
    _ steps: [Step], _ filters: [String: FilterCatalogue.Filter]
  ) throws(CuveeError) -> [Segment] {
    var segments: [Segment] = [Segment()]
    for step in steps {
      switch step {
      case .deduplicate(let deduplication):
        segments.append(Segment(barrier: try deduplication.makeBarrier()))
      case .filter(let name):
        let label = filters[name]?.file.name ?? name
        for step in filters[name]?.steps ?? [] {
          switch step {
          case .rule(let rule): segments[segments.count - 1].rules.append((label, rule))
          case .deduplicate(let deduplication):
            segments.append(Segment(barrier: try deduplication.makeBarrier()))
          }
        }
      }
    }
    return segments
  }

  /// Adds the entries of a barrier; `empty_text` where it can leave nothing of a document.
  mutating func add(_ barrier: any Barrier) -> [Int] {
    let first = entries.count
    entries.append(
      Entry(
        step: barrier.step, rule: type(of: barrier).name, reason: type(of: barrier).reason,
        isShown: true))
    if barrier.scope == .lines {
      entries.append(
        Entry(step: barrier.step, rule: "empty", reason: DropReason.emptyText, isShown: true))
    }
    return Array(first..<entries.count)
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
