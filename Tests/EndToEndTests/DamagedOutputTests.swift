import Foundation
import TestSupport
import Testing

/// Nothing that an output says of itself makes a command trap.
@Suite struct DamagedOutputTests {
  private static func commands(_ out: String) -> [[String]] {
    [
      ["inspect", out], ["inspect", out + "/02-instruct/shard.00000.mds.zstd"],
      ["trace", out, "--row", "300"], ["cat", out, "--rows", "0..3"],
      ["audit", out, "--sample", "2"], ["verify", out],
    ]
  }

  private static func expectNoTrap(_ out: String, _ label: String) throws {
    for command in commands(out) {
      let outcome = try Cuvee.run(command)
      #expect(
        [0, 1, 65, 66].contains(outcome.status), "\(label): \(command[0]): \(outcome.status)")
    }
  }

  @Test(.timeLimit(.minutes(10))) func numbersOfTheManifest() throws {
    let bench = try Workbench()
    _ = try bench.build(SampleTests.mixture)
    let path = bench.file("out/manifest.json")
    let whole = try String(contentsOfFile: path, encoding: .utf8)
    let numbers = whole.matches(of: #/: (-?\d+)(,|\n)/#).map { $0.output.1 }
    #expect(numbers.count > 100)
    let extremes = [
      "0", "-1", "9223372036854775807", "18446744073709551615", "4294967296", "1e300",
    ]
    var random = SeededGenerator(seed: 9)
    for number in numbers {
      var text = whole
      let value = extremes[random.below(extremes.count)]
      text.replaceSubrange(number.startIndex..<number.endIndex, with: value)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let line = whole[..<number.startIndex].split(
        separator: "\n", omittingEmptySubsequences: false)
      try Self.expectNoTrap(bench.file("out"), "line \(line.count): \(line.last ?? "") \(value)")
    }
  }

  @Test(.timeLimit(.minutes(10))) func bytesOfEveryFile() throws {
    let bench = try Workbench()
    _ = try bench.build(SampleTests.mixture)
    var random = SeededGenerator(seed: 10)
    for name in try FileTree(bench.file("out")).files.keys.sorted() {
      let path = bench.file("out/\(name)")
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      for _ in 0..<3 {
        var bytes = whole
        bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
        try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
        try Self.expectNoTrap(bench.file("out"), name)
      }
      try whole.write(to: URL(fileURLWithPath: path), options: .atomic)
    }
  }
}
