import Bytes
import Foundation
import Testing

@testable import Streams

/// Our files read by the reference programs, and theirs by us.
@Suite(.enabled(if: Tool.areInstalled, "the zstd and gzip commands are not installed"))
struct ReferenceToolTests {
  @Test func zstdReadsOurFiles() throws {
    let folder = try StreamsTestFolder()
    _ = try SeekableZstdTests.make(folder.file("a.zst"))
    #expect(try run(Tool.zstd, ["-qt", folder.file("a.zst")]).status == 0)
    let output = try run(Tool.zstd, ["-qdc", folder.file("a.zst")])
    #expect(output.output == SeekableZstdTests.whole)
  }

  @Test(arguments: [
    ["-1"], ["-19"], ["--no-check"], ["--long=27"], ["-T2", "-B16K"], ["--ultra", "-22"],
    ["--no-content-size"], ["--fast=5"],
  ])
  func weReadZstdFiles(_ options: [String]) throws {
    let folder = try StreamsTestFolder()
    let text = ZstdFrameTests.text(40_000)
    let path = try folder.write(text, as: "a")
    let packed = folder.file("a.zst")
    #expect(try run(Tool.zstd, ["-qf"] + options + [path, "-o", packed]).status == 0)
    #expect(try content(of: packed) == text)
    let bytes = try FileSystem.readFile(packed)
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 97)) {
      let cut = try folder.write(Array(bytes.prefix(length)), as: "cut.zst")
      let error = cuveeError { () throws(CuveeError) in _ = try content(of: cut) }
      #expect(error?.kind == .badData, "\(length) of \(bytes.count) bytes")
    }
  }

  @Test(arguments: ["-1", "-6", "-9"])
  func weReadGzipFiles(_ level: String) throws {
    let folder = try StreamsTestFolder()
    let text = ZstdFrameTests.text(40_000)
    let path = try folder.write(text, as: "a")
    let bytes = try run(Tool.gzip, [level, "-c", path]).output
    let packed = try folder.write(bytes, as: "a.gz")
    #expect(try content(of: packed) == text)
    #expect(try content(of: try folder.write(bytes + bytes, as: "b.gz")) == text + text)
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 97)) {
      let cut = try folder.write(Array(bytes.prefix(length)), as: "cut.gz")
      let error = cuveeError { () throws(CuveeError) in _ = try content(of: cut) }
      #expect(error?.kind == .badData, "\(length) of \(bytes.count) bytes")
    }
  }

  /// 40 MB of one byte: a member whose content is far larger than what is decoded in one go.
  @Test func contentMayBeFarLargerThanTheFile() throws {
    let folder = try StreamsTestFolder()
    let zeros = [UInt8](repeating: 0, count: 40_000_000)
    let path = try folder.write(zeros, as: "a")
    #expect(try run(Tool.gzip, ["-k", path]).status == 0)
    #expect(try run(Tool.zstd, ["-q", path]).status == 0)
    for name in ["a.gz", "a.zst"] {
      var input = try ByteInput(path: folder.file(name), displayPath: name)
      try input.skip(to: 39_999_999)
      var rest: [UInt8] = []
      #expect(try input.read(into: &rest, atMost: 10) == 1)
      #expect(rest == [0])
    }
  }

  @Test func pipesAreRead() throws {
    let folder = try StreamsTestFolder()
    let text = ZstdFrameTests.text(40_000)
    let path = try folder.write(text, as: "a")
    let pipe = folder.file("pipe")
    #expect(try run("/usr/bin/mkfifo", [pipe]).status == 0)
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/sh")
    writer.arguments = ["-c", "\(Tool.gzip) -c '\(path)' > '\(pipe)'"]
    try writer.run()
    #expect(try content(of: pipe, pieces: 50_000) == text)
    writer.waitUntilExit()
  }
}
