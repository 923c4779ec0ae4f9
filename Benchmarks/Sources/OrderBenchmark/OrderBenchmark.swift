import Bytes
import Glibc
import Mixing

/// Processor seconds of the order of rows, and whether every prefix keeps its bound.
///
///     swift run -c release --package-path Benchmarks OrderBenchmark
@main
struct OrderBenchmark {
  static func main() {
    for (sources, rows) in [(4, 10_000_000), (200, 10_000_000), (5_000, 10_000_000)] {
      var random = StableRandom(seed: 1, purpose: "order benchmark")
      let weights = Weights(numerators: (0..<sources).map { _ in UInt64(1 + random.below(10_000)) })
      var order = RowOrder(weights: weights, names: (0..<sources).map { "source \($0)" })
      var last = 0
      let begin = processorSeconds()
      for _ in 0..<rows { last = order.next() }
      let seconds = processorSeconds() - begin
      var again = RowOrder(weights: weights, names: (0..<sources).map { "source \($0)" })
      var error = PrefixError(weights: weights)
      for _ in 0..<rows { error.record(again.next()) }
      print(
        "\(sources) sources, \(rows) rows: \(seconds) CPU-seconds; greatest prefix error "
          + "\(error.greatest), bound \(RowOrder.bound(sources: sources)), "
          + (error.isWithinBound ? "kept" : "PASSED") + " (last row: source \(last))")
    }
  }

  static func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
