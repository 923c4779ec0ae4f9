import Bytes

/// The unit of work of a stage: a pure function of its inputs and the plan, done once and kept.
protocol StageUnit: Sendable {
  /// What a finished unit says of itself; all that later stages need to know of it.
  associatedtype Facts: Sendable
  /// The stage that it belongs to.
  static var stage: Stage { get }
  /// What a person reads: the source and the part.
  var label: String { get }
  /// How much work it is, in bytes.
  var size: UInt64 { get }
  /// The facts of the finished unit, or nil when it is still to be done.
  func cached(in cache: StageCache) throws(CuveeError) -> Facts?
  /// Does the work.
  func run(_ environment: UnitEnvironment) throws(CuveeError) -> Facts
}

/// What a unit works with.
struct UnitEnvironment: Sendable {
  /// Where results are kept.
  var cache: StageCache
  /// The threads that the units of the stage share.
  var crew: Crew
  /// The sizes that bound memory.
  var limits: Limits
  /// Takes the bytes that have been worked through.
  var progress: Progress
}

/// A unit whose result is one folder of the cache.
protocol KeyedUnit: StageUnit where Facts: Codable {
  /// The digest of all that determines the result.
  var key: Digest { get }
  /// Writes the result's files into a folder and returns the facts.
  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> Facts
}

extension KeyedUnit {
  func cached(in cache: StageCache) throws(CuveeError) -> Facts? {
    try cache.facts(Self.stage, key, as: Facts.self)
  }

  func run(_ environment: UnitEnvironment) throws(CuveeError) -> Facts {
    try environment.cache.produce(Self.stage, key, label: label) { folder throws(CuveeError) in
      try produce(into: folder, environment)
    }
  }
}
