import Bytes
import Deduplication
import Filters
import MixtureFiles

/// What is done with the documents of all sources: one list of operations, each with its scope.
///
/// The steps of each source come first, source by source, then those over several sources, in the
/// order of the mixture file. Operations on different sources do not depend on each other until a
/// barrier looks at both.
struct Program: Sendable {
  /// A source that an operation is about.
  struct Scope: Sendable {
    /// The ordinal of the source.
    let source: Int
    /// The entries of the operation in the source's account.
    let entries: Range<Int>
  }

  /// What an operation does.
  enum Action: Sendable {
    /// Runs rules over the documents of one source.
    case chain(SourceSteps.Chain)
    /// Compares all documents of the scope.
    case barrier(any Barrier)
  }

  /// An operation.
  struct Operation: Sendable {
    /// The sources, the one of the highest priority first; one for a chain.
    let scope: [Scope]
    /// What is done.
    let action: Action
    /// Whether ingest does it: rules before which no barrier looks at the source.
    let isIngested: Bool
  }

  /// The operations in the order in which they are done.
  private(set) var operations: [Operation] = []
  /// The same from the view of each source.
  private(set) var sources: [SourceSteps] = []

  /// Makes the program of a mixture.
  ///
  /// - Parameters:
  ///   - mixture: The mixture file.
  ///   - filters: The filters by the names that the steps use.
  /// - Throws: `badData` where a rule refuses its parameters.
  init(_ mixture: MixtureFile, filters: [String: FilterCatalogue.Filter]) throws(CuveeError) {
    for _ in mixture.sources { sources.append(try SourceSteps()) }
    for draft in try DraftProgram(mixture, filters: filters).operations {
      switch draft {
      case .rules(let source, let rules):
        let isIngested = sources[source].deduplications.isEmpty
        let chain = try sources[source].add(rules)
        operations.append(
          Operation(
            scope: [Scope(source: source, entries: chain.entries)], action: .chain(chain),
            isIngested: isIngested))
      case .deduplicate(let barrier, let priority):
        let scope = priority.map { Scope(source: $0, entries: sources[$0].add(barrier)) }
        operations.append(
          Operation(scope: scope, action: .barrier(barrier), isIngested: false))
      }
    }
  }

  /// The digest of all that is done, for plans on disk.
  var digest: Digest {
    var key = KeyBuilder("program", version: ToolVersion.formats)
    for operation in operations {
      for scope in operation.scope { key.add("source", scope.source) }
      switch operation.action {
      case .chain(let chain): key.add("rules", chain.key)
      case .barrier(let barrier): barrier.add(to: &key)
      }
    }
    return key.key
  }
}

/// The operations of a mixture before their entries are known.
private struct DraftProgram {
  enum Operation {
    case rules(source: Int, [(filter: String, step: FilterStep)])
    case deduplicate(any Barrier, priority: [Int])
  }

  private(set) var operations: [Operation] = []
  private let filters: [String: FilterCatalogue.Filter]
  /// Where the last operation on each source is, as long as it is one of rules.
  private var open: [Int: Int] = [:]

  init(_ mixture: MixtureFile, filters: [String: FilterCatalogue.Filter]) throws(CuveeError) {
    self.filters = filters
    for (index, source) in mixture.sources.enumerated() {
      for step in source.steps {
        switch step.value {
        case .filter(let name): try add(filter: name, of: index)
        case .deduplicate(let deduplication): try add(deduplication, [index])
        }
      }
    }
    let indexes = mixture.sourceIndexes
    for step in mixture.program {
      let sources = step.sources.compactMap { indexes[$0] }
      switch step.operation {
      case .filter(let name): for source in sources { try add(filter: name.value, of: source) }
      case .deduplicate(let deduplication): try add(deduplication, sources)
      case nil: break
      }
    }
  }

  /// Adds the steps of a filter; its deduplications stay within the source.
  private mutating func add(filter name: String, of source: Int) throws(CuveeError) {
    let label = filters[name]?.file.name ?? name
    for step in filters[name]?.steps ?? [] {
      switch step {
      case .rule(let rule): add((label, rule), of: source)
      case .deduplicate(let deduplication): try add(deduplication, [source])
      }
    }
  }

  private mutating func add(_ rule: (filter: String, step: FilterStep), of source: Int) {
    if let index = open[source], case .rules(_, let rules) = operations[index] {
      operations[index] = .rules(source: source, rules + [rule])
    } else {
      open[source] = operations.count
      operations.append(.rules(source: source, [rule]))
    }
  }

  private mutating func add(
    _ deduplication: Deduplication, _ sources: [Int]
  ) throws(CuveeError) {
    for source in sources { open[source] = nil }
    operations.append(.deduplicate(try deduplication.makeBarrier(), priority: sources))
  }
}
