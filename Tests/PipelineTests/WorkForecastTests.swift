import Testing

@testable import Pipeline

/// The time that a build will still take and what its cache will grow by, against builds whose true
/// course is known.
@Suite struct WorkForecastTests {
  /// A build of 1 GB of text; `slowness` is how many times the usual cost each stage takes.
  private func build(slowness: Double, workers: Int = 1) -> [(left: Double, truth: Double)] {
    let stages: [(Stage, UInt64, Double)] = [
      (.digest, 1_000_000_000, 1.2), (.ingest, 1_000_000_000, 2.5), (.tokenise, 1_000_000_000, 10),
      (.shuffle, 500_000_000, 2), (.write, 500_000_000, 13),
    ]
    let amounts = stages.map { ($0.0, WorkForecast.Amount(work: Double($0.1), kept: 0)) }
    var forecast = WorkForecast(
      Dictionary(amounts, uniquingKeysWith: { first, _ in first }), workers: workers)
    var points: [(left: Double, truth: Double)] = []
    for (index, (stage, bytes, cost)) in stages.enumerated() {
      forecast.reach(stage, bytes: bytes, missing: bytes)
      forecast.measure(
        stage, bytes: bytes, seconds: Double(bytes) * cost * 1e-9 * slowness / Double(workers))
      let truth = stages[(index + 1)...].reduce(0.0) {
        $0 + Double($1.1) * $1.2 * 1e-9 * slowness / Double(workers)
      }
      points.append((forecast.secondsLeft, truth))
    }
    return points
  }

  @Test(arguments: [(1.0, 1), (1.0, 4), (3.0, 1), (0.3, 1), (5.0, 2)])
  func theTimeLeftNearsTheTruth(_ slowness: Double, _ workers: Int) {
    let points = build(slowness: slowness, workers: workers)
    // After ingest a machine of any speed is known to within a quarter.
    for (left, truth) in points.dropFirst() {
      #expect(abs(left - truth) <= 0.25 * truth, "\(left) s for \(truth) s")
    }
    #expect(points.last?.left == 0)
  }

  @Test func aCachedPartIsAssumedOfLaterStagesToo() {
    var forecast = WorkForecast(
      [
        .ingest: .init(work: 100, kept: 100), .tokenise: .init(work: 100, kept: 50),
        .write: .init(work: 40, kept: 30),
      ], workers: 1)
    #expect(forecast.cacheGrowth == 180)
    // A tenth of the text is new: a tenth of the tokens will be, and all shards are.
    #expect(forecast.reach(.ingest, bytes: 100, missing: 10) == 10 + 5 + 30)
    #expect(forecast.cacheGrowth == 5 + 30)
    // The estimate was low: 200 bytes of text are to be tokenised, all anew.
    #expect(forecast.reach(.tokenise, bytes: 200, missing: 200) == 50 + 30)
    #expect(forecast.reach(.write, bytes: 40, missing: 0) == 0)
    #expect(forecast.cacheGrowth == 0)
    #expect(forecast.secondsLeft == 0)
  }

  @Test func aStageReachedTwiceIsCountedOnce() {
    var forecast = WorkForecast([.sign: .init(work: 200, kept: 20)], workers: 1)
    #expect(forecast.reach(.sign, bytes: 100, missing: 100) == 20)
    #expect(forecast.cacheGrowth == 10)
    #expect(forecast.reach(.sign, bytes: 100, missing: 100) == 10)
    #expect(forecast.cacheGrowth == 0)
  }
}
