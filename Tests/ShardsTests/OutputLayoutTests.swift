import Shards
import Testing

@Suite struct OutputLayoutTests {
  @Test(arguments: [
    ("pile", "01-pile"), ("Stage 2/ü", "01-Stage_2__"), ("..", "01-_.."), ("a.b-c_d", "01-a.b-c_d"),
  ])
  func phasesHaveSafeFolders(name: String, folder: String) {
    #expect(OutputLayout.phaseFolder(index: 0, name: name) == folder)
  }

  @Test func numbersGrowBeyondTheirDigits() {
    #expect(OutputLayout.phaseFolder(index: 99, name: "x") == "100-x")
    #expect(OutputLayout.shard(7) == "shard.00007.mds.zstd")
    #expect(OutputLayout.segments(123_456) == "segments.123456.zst")
  }
}
