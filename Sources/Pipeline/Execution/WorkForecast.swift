/// What a build still has to do, as far as that is known before it: how long it will take, and what
/// it will add to the cache.
///
/// The work of a stage that has not been reached comes from the sizes of the inputs. When a stage
/// is reached, its true size takes the place of the estimate, and the share of it that is already in
/// the cache is assumed of the later stages that work part by part. Seconds come from `cost`, and
/// from how fast this run has been until now.
struct WorkForecast: Sendable {
  /// The work of a stage.
  struct Amount: Sendable, Equatable {
    /// Bytes to work through, as the stage's units count them.
    var work = 0.0
    /// Bytes of files that the stage leaves in the cache.
    var kept = 0.0

    static func += (sum: inout Amount, other: Amount) {
      sum.work += other.work
      sum.kept += other.kept
    }
  }

  /// Nanoseconds of one processor for a byte of a stage's work, on the machine of
  /// Benchmarks/RESULTS.md; only their ratios matter once a build has run for a second. Rules are those
  /// of C4.
  private static let cost: [Stage: Double] = [
    .digest: 1.2, .ingest: 2.5, .sign: 0.5, .resolve: 2, .mark: 0, .filter: 12, .tokenise: 10,
    .mix: 1, .shuffle: 2, .write: 13, .documents: 2, .inputs: 0, .audit: 0,
  ]
  /// Nanoseconds for a byte of ingest that goes through rules.
  static let ruleCost = 12.0
  /// Seconds that the expected speed counts for beside the measured one.
  private static let trust = 0.2
  /// The stages whose units are parts of the text: what one of them finds in the cache, the next
  /// ones are likely to find too.
  private static let byPart: Set<Stage> = [.ingest, .sign, .resolve, .mark, .filter, .tokenise]

  private var amounts: [Stage: Amount]
  private let workers: Double
  /// Further costs, in seconds of one processor for all of a stage's work.
  private var extraSeconds: [Stage: Double]
  /// The share of the parts that had to be done in the last stage by parts.
  private var missingShare = 1.0
  /// Seconds that the stages until now should have taken on one processor, and have taken.
  private var expectedSeconds = 0.0
  private var measuredSeconds = 0.0

  /// Creates a forecast.
  ///
  /// - Parameters:
  ///   - amounts: The estimated work of each stage, as though nothing were in the cache.
  ///   - extraSeconds: Seconds of one processor for a stage beyond what its bytes usually cost.
  ///   - workers: The number of threads.
  init(_ amounts: [Stage: Amount], extraSeconds: [Stage: Double] = [:], workers: Int) {
    self.amounts = amounts
    self.extraSeconds = extraSeconds
    self.workers = Double(max(1, workers))
  }

  /// The units of a stage are known. A stage may be reached several times.
  ///
  /// - Parameters:
  ///   - stage: The stage.
  ///   - bytes: The work of all units.
  ///   - missing: The work of those that are not in the cache.
  /// - Returns: The bytes that the cache will grow by from here on, this stage included.
  @discardableResult
  mutating func reach(_ stage: Stage, bytes: UInt64, missing: UInt64) -> UInt64 {
    let before = amounts[stage] ?? Amount()
    let left = max(0, before.work - Double(bytes))
    let kept = before.work > 0 ? before.kept * left / before.work : 0
    extraSeconds[stage] = before.work > 0 ? (extraSeconds[stage] ?? 0) * left / before.work : 0
    amounts[stage] = Amount(work: left, kept: kept)
    if Self.byPart.contains(stage), bytes > 0 { missingShare = Double(missing) / Double(bytes) }
    let share = bytes > 0 ? Double(missing) / Double(bytes) : 0
    return cacheGrowth + UInt64(((before.kept - kept) * share).rounded())
  }

  /// Units of a stage have been done.
  mutating func measure(_ stage: Stage, bytes: UInt64, seconds: Double) {
    expectedSeconds += Double(bytes) * Self.perByte(stage)
    measuredSeconds += seconds
  }

  /// Seconds on the clock for the stages that have not been reached.
  var secondsLeft: Double {
    let expected = Stage.allCases.reduce(0.0) { sum, stage in
      let own = (amounts[stage]?.work ?? 0) * Self.perByte(stage) + (extraSeconds[stage] ?? 0)
      return sum + own * (Self.byPart.contains(stage) ? missingShare : 1)
    }
    return expected * (measuredSeconds + Self.trust) / (expectedSeconds + Self.trust * workers)
  }

  /// Bytes that the cache will grow by.
  var cacheGrowth: UInt64 {
    let bytes = Stage.allCases.reduce(0.0) { sum, stage in
      sum + (amounts[stage]?.kept ?? 0) * (Self.byPart.contains(stage) ? missingShare : 1)
    }
    return UInt64(bytes.rounded())
  }

  /// Seconds of one processor for a byte.
  private static func perByte(_ stage: Stage) -> Double { (cost[stage] ?? 0) * 1e-9 }
}
