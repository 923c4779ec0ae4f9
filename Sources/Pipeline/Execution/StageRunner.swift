import Bytes
import Foundation

/// Does the units of one stage after another, or looks what is to be done, or does one unit only.
///
/// The same walk through the stages serves `build`, `plan` and `stage run`: each stage's units are
/// made from the facts of the stages before it, so a walk ends where facts are missing.
final class StageRunner {
  /// What a walk is for.
  enum Mode {
    /// Do all that is not there yet.
    case build
    /// Do nothing: count what is there, and end at the first stage that is not all there.
    case survey
    /// Do one unit; all stages before its own must be there.
    case single(Stage, part: Int)
  }

  /// The end of a walk that was not to go through.
  enum Ending: Error {
    /// A survey has come to a stage that is not all there.
    case surveyed
    /// The one unit is done.
    case unitDone(label: String, wasCached: Bool)
  }

  /// Failed parts that are named one by one; all are counted.
  private static let failuresShown = 20

  let cache: StageCache
  let workers: Int
  let limits: Limits
  let progress: Progress
  let mode: Mode
  /// What each stage has come to, in the order of the stages.
  private(set) var reports: [StageReport] = []

  init(
    cache: StageCache, workers: Int, limits: Limits, progress: Progress, mode: Mode
  ) {
    self.cache = cache
    self.workers = workers
    self.limits = limits
    self.progress = progress
    self.mode = mode
  }

  /// The facts of all units of a stage, in their order; does those that are not there.
  ///
  /// - Parameters:
  ///   - units: The units.
  ///   - beforeWork: Called with the units that a build has to do, before it does the first.
  /// - Returns: The facts.
  /// - Throws: `CuveeError` naming every unit that failed (the others were done), or `Ending`.
  func run<Unit: StageUnit>(
    _ units: [Unit], beforeWork: (([Int]) throws -> Void)? = nil
  ) throws -> [Unit.Facts] {
    var facts = try units.map { try $0.cached(in: cache) }
    let missing = units.indices.filter { facts[$0] == nil }
    switch mode {
    case .survey:
      report(units, missing, wall: 0, cpu: 0)
      guard missing.isEmpty else { throw Ending.surveyed }
    case .single(let stage, let part):
      // Each barrier has its own go at a stage; the parts are numbered through all of them.
      let before = reports.last { $0.stage == Unit.stage }?.parts ?? 0
      if stage == Unit.stage, units.indices.contains(part - before) {
        let index = part - before
        try runOne(units[index], isCached: facts[index] != nil)
      }
      if stage == Unit.stage, !missing.isEmpty {
        throw CuveeError.badData(
          "--part \(part): stage \(stage.rawValue) has \(before + units.count) parts, numbered "
            + "from 0")
      }
      if let first = missing.first {
        throw CuveeError.failed(
          "stage \(Unit.stage.rawValue), part \(before + first) (\(units[first].label)) is not done "
            + "yet; run it first")
      }
      report(units, missing, wall: 0, cpu: 0)
    case .build:
      if !missing.isEmpty { try beforeWork?(missing) }
      try runMissing(units, missing, into: &facts)
    }
    return facts.compactMap { $0 }
  }

  private func runMissing<Unit: StageUnit>(
    _ units: [Unit], _ missing: [Int], into facts: inout [Unit.Facts?]
  ) throws {
    let clock = StageClock()
    let bytes = missing.reduce(0) { $0 + units[$1].size }
    progress.reach(
      Unit.stage, bytes: units.reduce(0) { $0 + $1.size }, missing: bytes, cache: cache.root)
    if !missing.isEmpty { progress.begin(Unit.stage, bytes: bytes) }
    let outcomes = TaskPool(workers: workers).run(missing, size: { units[$0].size }) {
      (index, crew) throws(CuveeError) in try units[index].run(environment(crew))
    }
    let (wall, cpu) = clock.elapsed
    report(units, missing, wall: wall, cpu: cpu)
    if !missing.isEmpty {
      // "12 of 28 parts" would look unfinished.
      let there = units.count - missing.count
      progress.end(
        "\(units.count) parts"
          + (there > 0 ? " (\(there) were there already, \(missing.count) done now)" : ""))
    }
    var failures: [(unit: Int, error: CuveeError)] = []
    for (index, outcome) in zip(missing, outcomes) {
      switch outcome {
      case .success(let value): facts[index] = value
      case .failure(let error): failures.append((index, error))
      }
    }
    guard let first = failures.first else { return }
    var lines = failures.prefix(Self.failuresShown).map { failure in
      let label = units[failure.unit].label
      return label.isEmpty
        ? failure.error.message
        : "\(failure.error.message) (in stage \(Unit.stage.rawValue): \(label))"
    }
    let more = failures.count - lines.count
    if more > 0 { lines.append("and \(more) more parts") }
    throw CuveeError(first.error.kind, lines.joined(separator: CuveeError.separator))
  }

  private func runOne<Unit: StageUnit>(_ unit: Unit, isCached: Bool) throws {
    if !isCached {
      progress.begin(Unit.stage, bytes: unit.size)
      _ = try unit.run(environment(Crew(size: workers)))
    }
    throw Ending.unitDone(label: unit.label, wasCached: isCached)
  }

  private func environment(_ crew: Crew) -> UnitEnvironment {
    UnitEnvironment(cache: cache, crew: crew, limits: limits, progress: progress)
  }

  /// Adds what a stage has come to; the units of one stage may be run in several goes.
  private func report<Unit: StageUnit>(
    _ units: [Unit], _ missing: [Int], wall: Double, cpu: Double
  ) {
    var report = StageReport(stage: Unit.stage)
    if let last = reports.firstIndex(where: { $0.stage == Unit.stage }) {
      report = reports.remove(at: last)
    }
    report.parts += units.count
    report.partsDone += missing.count
    report.bytes += units.reduce(0) { $0 + $1.size }
    report.bytesDone += missing.reduce(0) { $0 + units[$1].size }
    report.wallSeconds += wall
    report.cpuSeconds += cpu
    reports.append(report)
  }
}

/// What a stage has come to in a walk.
public struct StageReport: Sendable, Codable {
  /// The stage.
  public var stage: Stage
  /// Its units.
  public var parts = 0
  /// The units that were not there yet: done in a build, to be done in a survey.
  public var partsDone = 0
  /// The bytes of all units, as the stage counts them.
  public var bytes: UInt64 = 0
  /// The bytes of the units that were not there yet.
  public var bytesDone: UInt64 = 0
  /// Seconds of wall time.
  public var wallSeconds = 0.0
  /// Seconds of processor time, all threads together.
  public var cpuSeconds = 0.0

  enum CodingKeys: String, CodingKey {
    case stage, parts, bytes
    case partsDone = "parts_done"
    case bytesDone = "bytes_done"
    case wallSeconds = "wall_seconds"
    case cpuSeconds = "cpu_seconds"
  }

  init(stage: Stage) { self.stage = stage }
}

extension [StageReport] {
  /// The same with the work that an earlier walk of the same build has done.
  func adding(_ earlier: [StageReport]) -> [StageReport] {
    map { report in
      var report = report
      guard let before = earlier.first(where: { $0.stage == report.stage }) else { return report }
      report.partsDone += before.partsDone
      report.bytesDone += before.bytesDone
      report.wallSeconds += before.wallSeconds
      report.cpuSeconds += before.cpuSeconds
      return report
    }
  }
}

/// Wall and processor time since it was made.
struct StageClock {
  private let wall = Date()
  private let cpu = StageClock.processorSeconds()

  var elapsed: (wall: Double, cpu: Double) {
    (Date().timeIntervalSince(wall), Self.processorSeconds() - cpu)
  }

  private static func processorSeconds() -> Double {
    var usage = rusage()
    _ = unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }
}
