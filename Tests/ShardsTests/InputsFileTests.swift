import Bytes
import Testing

@testable import Shards

@Suite struct InputsFileTests {
  /// The lines are written by hand: they must be those of Foundation's encoder.
  @Test(arguments: [
    "a/b.jsonl", "x \"y\" \\ z", "tab\t, line\n", "ä ⁂ 🙂 /", "\u{1}\u{1F}\u{7F}", "",
  ])
  func linesAreThoseOfTheEncoder(_ path: String) throws {
    let record = InputRecord(source: "s" + path, path: path, size: 1 << 60, sha256: .sha256(path))
    var line: [UInt8] = []
    record.append(to: &line)
    #expect(line == (try StableJSON.compact(record)) + [0x0A])
  }
}
