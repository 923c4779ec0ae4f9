import Bytes
import Foundation
import MixtureFiles
import Testing

/// Damaged files: whatever stands in them, there is a file or an error with a place, never a trap.
@Suite struct MixtureFuzzTests {
  static let seeds = [
    DesignExampleTests.whole, DesignExampleTests.supported, MixtureFilesSamples.minimal,
  ].map { Array($0.utf8) }

  /// Pieces that mean something to YAML or to the grammar.
  static let pieces: [[UInt8]] = [
    "{", "}", "[", "]", ":", ": ", "- ", "\n", "\n  ", "\"", "'", "#", "&a ", "*a", "!!int ",
    "<<: ",
    "? ", "|", ">", "%", "@", "\t", "~", "null", "true", "0", "-1", "100%", "99999999999999999999",
    "1e9", "2.62B", ".", "\\", "\u{FEFF}", "é", "---\n", "...\n", ",", "name: ", "steps: ",
    "weights: ", "paths: ", "exact: true", "priority: ", "\u{85}", "\u{2028}", "\r",
  ].map { Array($0.utf8) }

  @Test func mutatedFilesNeverTrap() {
    let rounds = ProcessInfo.processInfo.environment["CUVEE_FUZZ_ROUNDS"].flatMap(Int.init) ?? 1500
    var random = StableRandom(seed: 20, purpose: "fuzz")
    for round in 0..<rounds {
      var bytes = Self.seeds[round % Self.seeds.count]
      for _ in 0...(random.next() % 6) { Self.mutate(&bytes, &random) }
      let errors = MixtureFilesSamples.errors(bytes: bytes)
      let bad = errors.filter { error in
        error.split(separator: ":", maxSplits: 2).prefix(2).contains { Int($0) == nil }
          && !error.hasSuffix("more errors are not shown")
      }
      #expect(bad == [], "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout StableRandom) {
    let at = Int(random.next() % UInt64(bytes.count + 1))
    let length = min(Int(random.next() % 12), bytes.count - at)
    let piece = pieces[Int(random.next() % UInt64(pieces.count))]
    switch random.next() % 6 {
    case 0: bytes.removeSubrange(at..<at + length)
    case 1: bytes.insert(contentsOf: piece, at: at)
    case 2: bytes.replaceSubrange(at..<at + length, with: piece)
    case 3: bytes.insert(contentsOf: bytes[at..<at + length], at: bytes.count - length)
    case 4: if at < bytes.count { bytes[at] = UInt8(truncatingIfNeeded: random.next()) }
    default: bytes.removeSubrange((at + length)...)
    }
  }
}
