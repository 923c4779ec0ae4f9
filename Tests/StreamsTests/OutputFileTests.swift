import Bytes
import Testing

@testable import Streams

@Suite struct OutputFileTests {
  /// Sizes below, at and above the buffer of 256 KiB.
  @Test(arguments: [
    [], [0], [1, 2, 3], [262_143, 1, 1], [262_144], [5, 262_144, 7], [100_000, 100_000, 100_000],
    [600_000, 3],
  ])
  func writesAllBytes(_ sizes: [Int]) throws {
    let folder = try StreamsTestFolder()
    var file = try OutputFile(path: folder.file("a"))
    var expected: [UInt8] = []
    for size in sizes {
      let piece = (0..<size).map { UInt8(truncatingIfNeeded: $0 &+ expected.count) }
      try file.write(piece.span)
      expected += piece
      #expect(file.bytesWritten == UInt64(expected.count))
    }
    try file.finish()
    #expect(try FileSystem.readFile(folder.file("a")) == expected)
  }

  @Test func emptiesTheFileThatIsThere() throws {
    let folder = try StreamsTestFolder()
    try folder.write([1, 2, 3], as: "a")
    try folder.write([4], as: "a")
    #expect(try FileSystem.readFile(folder.file("a")) == [4])
  }

  /// `/dev/full` answers every write with ENOSPC.
  @Test func aFullDiskIsAnError() throws {
    let words = "/dev/full: cannot be written: No space left on device; free some space"
    let error = cuveeError { () throws(CuveeError) in
      var file = try OutputFile(path: "/dev/full")
      try file.write([1, 2, 3].span)
      try file.finish()
    }
    #expect(error?.kind == .io)
    #expect(error?.message.hasPrefix(words) == true)
    let large = [UInt8](repeating: 1, count: 300_000)
    let early = cuveeError { () throws(CuveeError) in
      var file = try OutputFile(path: "/dev/full")
      try file.write(large.span)
    }
    #expect(early == error)
    let seekable = cuveeError { () throws(CuveeError) in
      var writer = try SeekableZstdWriter(path: "/dev/full", level: 1)
      try writer.appendFrame(large.span)
      _ = try writer.finish()
    }
    #expect(seekable == error)
  }

  @Test func aFolderThatIsNotThereIsAnError() throws {
    let folder = try StreamsTestFolder()
    let error = cuveeError { () throws(CuveeError) in
      _ = try OutputFile(path: folder.file("no/a"))
    }
    #expect(error?.kind == .io)
    #expect(error?.message.contains("no/a: cannot be created: No such file") == true)
  }

  @Test func atomicFilesReplaceAndLeaveNothingBehind() throws {
    let folder = try StreamsTestFolder()
    try AtomicFile.write([1].span, to: folder.file("a"))
    try AtomicFile.write([2, 3].span, to: folder.file("a"))
    #expect(try FileSystem.readFile(folder.file("a")) == [2, 3])
    #expect(try FileSystem.list(folder.path) == ["a"])
    try FileSystem.createDirectories(folder.file("d/e"))
    // A folder cannot be replaced by a file: the rename fails after the write.
    let error = cuveeError { () throws(CuveeError) in
      try AtomicFile.write([4].span, to: folder.file("d"))
    }
    #expect(error?.kind == .io)
    #expect(try FileSystem.list(folder.path) == ["a", "d"])
  }
}
