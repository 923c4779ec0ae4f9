import Bytes
import Foundation
import Testing

@testable import Streams

@Suite struct FileSystemTests {
  @Test(arguments: [
    ("/a/b", "/a/b"), ("/a//b/", "/a/b"), ("/a/./b/../c", "/a/c"), ("/../..", "/"), ("/", "/"),
  ])
  func absolutePathsAreNormalised(_ path: String, _ expected: String) {
    #expect(FileSystem.absolute(path) == expected)
  }

  @Test func relativePathsGoFromTheWorkingDirectory() {
    let here = FileManager.default.currentDirectoryPath
    #expect(FileSystem.absolute("a/../b") == here + "/b")
    #expect(FileSystem.absolute("") == here)
  }

  @Test(arguments: [
    ("a/b/c", "a/b", "c"), ("c", ".", "c"), ("/c", "/", "c"), ("a/b/", "a", "b"), ("/", "/", "/"),
  ])
  func pathsHaveParents(_ path: String, _ parent: String, _ name: String) {
    #expect(FileSystem.parent(of: path) == parent)
    #expect(FileSystem.name(of: path) == name)
  }

  @Test func statusTellsWhatLiesThere() throws {
    let folder = try StreamsTestFolder()
    let path = try folder.write([1, 2, 3], as: "a")
    let status = try #require(try FileSystem.status(path))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(status.size == 3 && status.isRegular && !status.isDirectory)
    #expect(status.inode == (attributes[.systemFileNumber] as? NSNumber)?.uint64Value)
    let modified = try #require(attributes[.modificationDate] as? Date).timeIntervalSince1970
    #expect(abs(Double(status.modifiedNanoseconds) / 1e9 - modified) < 0.001)
    #expect(try FileSystem.status(folder.path)?.isDirectory == true)
    #expect(try FileSystem.status(folder.file("no")) == nil)
    #expect(try FileSystem.status(path + "/below-a-file") == nil)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: path)
    #expect(try FileSystem.status(folder.file("link")) == status)
  }

  @Test func listsByBytes() throws {
    let folder = try StreamsTestFolder()
    // é composed and decomposed are equal as strings and differ as names.
    for name in ["b", "a", "Z", ".h", "é", "e\u{301}", "a-", "a.b", "a0"] {
      try folder.write([], as: name)
    }
    let names = try FileSystem.list(folder.path).map { Array($0.utf8) }
    let expected = [".h", "Z", "a", "a-", "a.b", "a0", "b", "e\u{301}", "é"].map { Array($0.utf8) }
    #expect(names == expected)
    #expect(
      cuveeError { () throws(CuveeError) in _ = try FileSystem.list(folder.file("no")) }?.kind
        == .missingInput)
  }

  @Test func removesTreesAndNotWhatLinksPointTo() throws {
    let folder = try StreamsTestFolder()
    let kept = try folder.write([1], as: "kept/file")
    try folder.write([2], as: "tree/a/b/c")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("tree/link"), withDestinationPath: folder.file("kept"))
    try FileSystem.remove(folder.file("tree"))
    #expect(try FileSystem.status(folder.file("tree")) == nil)
    #expect(try FileSystem.readFile(kept) == [1])
    try FileSystem.remove(folder.file("tree"))
    try FileSystem.remove(kept)
    #expect(try FileSystem.list(folder.file("kept")) == [])
  }

  @Test func makesFolders() throws {
    let folder = try StreamsTestFolder()
    try FileSystem.createDirectories(folder.file("a/b/c/"))
    try FileSystem.createDirectories(folder.file("a/b"))
    #expect(try FileSystem.status(folder.file("a/b/c"))?.isDirectory == true)
    let path = try folder.write([], as: "file")
    for bad in [path, path + "/below"] {
      let error = cuveeError { () throws(CuveeError) in try FileSystem.createDirectories(bad) }
      #expect(error?.kind == .io)
    }
  }

  @Test func renamesAndReads() throws {
    let folder = try StreamsTestFolder()
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    let path = try folder.write(bytes, as: "a")
    try FileSystem.rename(path, to: folder.file("b"))
    #expect(try FileSystem.readFile(folder.file("b")) == bytes)
    let error = cuveeError { () throws(CuveeError) in try FileSystem.rename(path, to: path + "c") }
    #expect(error?.kind == .io)
    #expect(
      cuveeError { () throws(CuveeError) in _ = try FileSystem.readFile(path) }
        == .missingInput("\(path): no such file"))
  }

  @Test func randomAccessGivesAllOrAnError() throws {
    let folder = try StreamsTestFolder()
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let file = try RandomAccessFile(path: folder.write(bytes, as: "a"))
    #expect(file.size == 1000)
    var output: [UInt8] = [9]
    try file.read(at: 10, count: 20, appendingTo: &output)
    try file.read(at: 1000, count: 0, appendingTo: &output)
    #expect(output == [9] + bytes[10..<30])
    for (offset, count) in [(990, 11), (1001, 0), (UInt64.max, 5), (0, -1)] as [(UInt64, Int)] {
      do throws(CuveeError) {
        try file.read(at: offset, count: count, appendingTo: &output)
        Issue.record("read \(count) bytes at \(offset)")
      } catch { #expect(error.kind == .badData) }
    }
    #expect(output == [9] + bytes[10..<30])
  }
}
