import Bytes
import MixtureFiles
import Shards
import Streams

/// What a build has done.
public struct BuildReport: Sendable {
  /// The manifest of the output.
  public let manifest: Manifest
  /// What each stage has come to.
  public let stages: [StageReport]
  /// The first bad records of every source.
  public let badRecords: [BadRecordSummary]
  /// The units of the cache that were damaged, set aside and done again.
  public let repaired: [CacheDamage]
  /// The files in the output's folder that are not Cuvee's and were left as they are.
  public let foreign: [String]
}

/// Builds an output: the whole way from a plan to a manifest.
public enum Builder {
  /// Does all stages that are not in the cache yet, and puts the output together.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - cache: Where results of stages are kept.
  ///   - output: The folder of the output.
  ///   - workers: The number of threads.
  ///   - progress: Told what the build is at.
  ///   - rehash: Whether inputs are read again whose digests are remembered.
  ///   - replace: Whether another finished output in the folder may go.
  ///   - estimates: What is known of the sources.
  /// - Returns: The manifest, what each stage has come to, and the first bad records.
  /// - Throws: `CuveeError`: each failed part in a line of its own; nothing is written to the
  ///   output then.
  public static func build(
    _ plan: Plan, cache: StageCache, output: String, workers: Int, progress: Progress,
    rehash: Bool = false, replace: Bool = false, estimates: [SourceEstimate]
  ) throws -> BuildReport {
    let folder = OutputFolder(path: FileSystem.absolute(output), displayPath: output)
    try plan.requireUnread(folder.path, .output, as: output)
    try plan.requireUnread(cache.root, .cache, as: cache.root)
    try plan.protectedFiles.requireOutside(of: folder.path, displayPath: output)
    try folder.check(for: plan.mixture.name, replace: replace)
    let forecast = plan.forecast(estimates, workers: workers)
    var repaired: [CacheDamage] = []
    var earlier: [StageReport] = []
    while true {
      let run = Run(
        plan: plan, cache: cache, workers: workers, progress: progress,
        rehash: rehash && repaired.isEmpty, mode: .build)
      progress.expect(forecast)
      do {
        let finished = try run.walk()
        var assembler = OutputAssembler(plan: plan, run: finished, cache: cache, folder: folder)
        let outcome = try assembler.assemble(replace: replace)
        return BuildReport(
          manifest: outcome.manifest, stages: run.runner.reports.adding(earlier),
          badRecords: plan.badRecords(of: finished.ingested).filter { $0.count > 0 },
          repaired: repaired + cache.takeDamages(), foreign: outcome.foreign)
      } catch {
        // A unit that a later stage found damaged is out of the way now: a walk from the start does
        // it again, and finds all the rest done.
        let damages = cache.takeDamages()
        guard !damages.isEmpty, repaired.count < repairLimit else { throw error }
        repaired += damages
        earlier = run.runner.reports.adding(earlier)
      }
    }
  }

  /// Damaged units after which a build gives up: the disk itself must be bad.
  private static let repairLimit = 10_000

  /// What a build would add to the cache.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - estimates: What is known of its sources.
  ///   - survey: The stages that are known, as `survey` gives them.
  /// - Returns: Bytes, estimated.
  public static func cacheGrowth(
    _ plan: Plan, _ estimates: [SourceEstimate], survey: [StageReport]
  ) -> UInt64 {
    var forecast = plan.forecast(estimates, workers: 1)
    return survey.reduce(UInt64(0)) { added, report in
      let with = forecast.reach(report.stage, bytes: report.bytes, missing: report.bytesDone)
      return added + with - forecast.cacheGrowth
    } + forecast.cacheGrowth
  }

  /// Looks what of a plan is in the cache: the stages up to the first that is not all there.
  public static func survey(_ plan: Plan, cache: StageCache) throws -> [StageReport] {
    let run = Run(
      plan: plan, cache: cache, workers: 1, progress: Progress(enabled: false), mode: .survey)
    do {
      _ = try run.walk()
    } catch StageRunner.Ending.surveyed {}
    return run.runner.reports
  }

  /// Does one part of one stage; the stages before it must be in the cache.
  ///
  /// - Returns: What a person reads of the part, and whether it was there already.
  public static func runPart(
    _ plan: Plan, cache: StageCache, stage: Stage, part: Int, workers: Int, progress: Progress
  ) throws -> (label: String, wasCached: Bool) {
    let run = Run(
      plan: plan, cache: cache, workers: workers, progress: progress,
      mode: .single(stage, part: part))
    do {
      _ = try run.walk()
    } catch StageRunner.Ending.unitDone(let label, let wasCached) {
      return (label, wasCached)
    }
    let parts = run.runner.reports.first { $0.stage == stage }?.parts ?? 0
    throw CuveeError.badData(
      parts == 0
        ? "--stage \(stage.rawValue): the plan has no such stage"
        : "--part \(part): stage \(stage.rawValue) has \(parts) parts, numbered from 0")
  }
}
