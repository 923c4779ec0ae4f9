import Bytes
import Foundation
import Glibc
import Synchronization
import Tokenizers

/// Processor seconds of encoding a corpus, first with an encoder that is new and then again.
///
///     TokenizerBenchmark VOCABULARY PATTERN CORPUS [PASSES] [WORKERS]
///
/// VOCABULARY is a file, PATTERN its pattern or `-` where the file says it, CORPUS a JSONL file with
/// `text`. Loading the vocabulary and reading the corpus are not counted. Prints one line of JSON.
@main
struct TokenizerBenchmark {
  struct Line: Decodable { var text: String }

  struct Result: Encodable {
    var megabytes: Double
    var documents: Int
    var ids: Int
    /// A hash of all ids, by which runs of other tokenizers are compared.
    var digest: String
    var loadSeconds: Double
    /// Processor seconds of each pass, the first of which is cold.
    var seconds: [Double]
    /// Seconds of the clock.
    var wallSeconds: [Double]
    var peakMegabytes: Double
  }

  static func main() throws {
    let arguments = CommandLine.arguments
    let begin = processorSeconds()
    let loaded = try TokenizerCatalogue.load(
      TokenizerSpecification(
        path: arguments[1], pattern: arguments[2] == "-" ? nil : arguments[2]),
      displayPath: arguments[1])
    let workers = arguments.count > 5 ? Int(arguments[5]) ?? 1 : 1
    let encoders = (0..<workers).map { _ in Worker(loaded.tokenizer.makeEncoder()) }
    let loadSeconds = processorSeconds() - begin
    let batches = try corpus(arguments[3])
    var result = Result(
      megabytes: Double(batches.reduce(0) { $0 + $1.text.count }) / 1e6,
      documents: batches.reduce(0) { $0 + $1.ends.count }, ids: 0, digest: "",
      loadSeconds: loadSeconds, seconds: [], wallSeconds: [], peakMegabytes: 0)
    for pass in 0..<(arguments.count > 4 ? Int(arguments[4]) ?? 2 : 2) {
      let (begin, clock) = (processorSeconds(), wallSeconds())
      if workers == 1 {
        for batch in batches { encoders[0].encode(batch) }
      } else {
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
          while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < batches.count else { break }
            encoders[worker].encode(batches[index])
          }
        }
      }
      result.seconds.append(processorSeconds() - begin)
      result.wallSeconds.append(wallSeconds() - clock)
      if pass == 0 {
        result.ids = encoders.reduce(0) { $0 + $1.ids }
        result.digest = encoders.count == 1 ? encoders[0].digest(batches) : ""
      }
    }
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    result.peakMegabytes = Double(usage.ru_maxrss) / 1e3
    print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
  }

  /// Documents one after another, about a megabyte in all.
  struct Batch {
    var text: [UInt8] = []
    var ends: [Int] = []
  }

  // Invariant: each is used by one thread.
  final class Worker: @unchecked Sendable {
    private let encoder: any TokenEncoder
    private var output: [UInt32] = []
    private var outputEnds: [Int] = []
    private(set) var ids = 0

    init(_ encoder: any TokenEncoder) { self.encoder = encoder }

    func encode(_ batch: Batch) {
      output.removeAll(keepingCapacity: true)
      outputEnds.removeAll(keepingCapacity: true)
      encoder.encodeBatch(
        text: batch.text.span, ends: batch.ends, into: &output, idEnds: &outputEnds)
      ids += output.count
    }

    func digest(_ batches: [Batch]) -> String {
      var hash = XXH64Hasher()
      var bytes: [UInt8] = []
      for batch in batches {
        encode(batch)
        ids -= output.count
        bytes.removeAll(keepingCapacity: true)
        bytes.appendLittleEndian(output.span, width: 4)
        hash.update(bytes.span)
      }
      return String(hash.value, radix: 16)
    }
  }

  static func corpus(_ path: String) throws -> [Batch] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let decoder = JSONDecoder()
    var batches = [Batch()]
    for line in data.split(separator: 0x0A) {
      let text = try decoder.decode(Line.self, from: line).text
      batches[batches.count - 1].text += Array(text.utf8)
      batches[batches.count - 1].ends.append(batches[batches.count - 1].text.count)
      if batches[batches.count - 1].text.count > 1 << 20 { batches.append(Batch()) }
    }
    return batches
  }

  static func processorSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }
  static func wallSeconds() -> Double { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
