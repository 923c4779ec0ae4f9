import Bytes

/// Whether a rank file that nobody vouches for is whole.
///
/// The file says neither how many tokens it has nor what they hash to. What can be told: ids rise from 0
/// without gaps, but for one id that some leave to a special token (p50k_base has none at 50256), and a
/// file that begins as a registered one does has at least as many tokens.
struct TiktokenCompleteness {
  private static let headCount = 1000
  /// The SHA-256 of the first tokens of registered files, each with its id, and how many tokens the
  /// smallest of the files has that begin so.
  private static let known: [String: (name: String, count: Int)] = [
    "1c14e866ae90ca4898e2ef6b69a209d77f063aaad1b207816bf01e7eb0ba285e": ("gpt2", 50256),
    "68994e4b015dfec548adda594d4f6648fa38ffd028b90903c0a3b863e4472f66": ("cl100k_base", 100256),
    "9b2a2e0a89f3ed1063450d1f6a0a7f5ccf16d6b7383eed9fd959970e9b7621b2": ("o200k_base", 199998),
    "dea506112bb46bd66f08d6d26b6ca363bebfb992fadc6e7f9a7ff52e93626456": ("qwen", 151643),
  ]

  private let place: String
  private var entries: [(id: UInt32, line: Int)] = []
  private var isSorted = true
  private var head: [UInt8] = []

  init(place: String) { self.place = place }

  /// Adds the token of a line.
  mutating func add(_ token: [UInt8], id: UInt32, line: Int) {
    if entries.count < Self.headCount { head += token + Array(" \(id)\n".utf8) }
    if let last = entries.last, last.id > id { isSorted = false }
    entries.append((id, line))
  }

  /// Looks at what was added.
  ///
  /// - Throws: `badData` with the line where something is missing.
  func check() throws(CuveeError) {
    let remedy = "get the file anew, or give its sha256 if it is meant to be so"
    var missing = 0
    var next: UInt32 = 0
    for (id, line) in isSorted ? entries : entries.sorted(by: { $0.id < $1.id }) {
      defer { next = id &+ 1 }
      if id == next { continue }
      missing += Int(id - next)
      if missing > 1 {
        let range = id - next == 1 ? "the id \(next) has" : "the ids \(next) to \(id - 1) have"
        throw .badData(
          "\(place):\(line): \(range) no token: lines before this one are missing; \(remedy)"
        )
      }
    }
    if entries.count >= Self.headCount, let whole = Self.known[Digest.sha256(head.span).hex],
      entries.count < whole.count, let last = entries.last
    {
      throw .badData(
        "\(place):\(last.line): the file begins as \(whole.name) does and ends after \(entries.count) of "
          + "\(whole.count) tokens: it was cut; \(remedy)")
    }
  }
}
