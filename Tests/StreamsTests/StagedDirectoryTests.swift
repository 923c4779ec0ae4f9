import Bytes
import Testing

@testable import Streams

@Suite struct StagedDirectoryTests {
  private static func fill(_ path: String, _ byte: UInt8) throws {
    try FileSystem.createDirectories(path + "/sub")
    var file = try OutputFile(path: path + "/sub/data")
    try file.write([byte].span)
    try file.finish()
  }

  @Test func appearsWhole() throws {
    let folder = try StreamsTestFolder()
    let final = folder.file("parts/ab/part")
    let staged = try StagedDirectory(finalPath: final, stagingRoot: folder.file("staging"))
    try Self.fill(staged.path, 1)
    #expect(try FileSystem.status(final) == nil)
    try staged.commit()
    #expect(try FileSystem.readFile(final + "/sub/data") == [1])
    #expect(try FileSystem.list(folder.file("staging")) == [])
  }

  @Test func isRemovedWhenDropped() throws {
    let folder = try StreamsTestFolder()
    do {
      let staged = try StagedDirectory(
        finalPath: folder.file("part"), stagingRoot: folder.file("staging"))
      try Self.fill(staged.path, 1)
      #expect(try FileSystem.list(folder.file("staging")).count == 1)
    }
    #expect(try FileSystem.list(folder.file("staging")) == [])
    #expect(try FileSystem.status(folder.file("part")) == nil)
  }

  @Test func theFirstWins() throws {
    let folder = try StreamsTestFolder()
    let final = folder.file("part")
    let first = try StagedDirectory(finalPath: final, stagingRoot: folder.file("staging"))
    let second = try StagedDirectory(finalPath: final, stagingRoot: folder.file("staging"))
    #expect(first.path != second.path)
    try Self.fill(first.path, 1)
    try Self.fill(second.path, 2)
    try second.commit()
    try first.commit()
    #expect(try FileSystem.readFile(final + "/sub/data") == [2])
    #expect(try FileSystem.list(folder.file("staging")) == [])
  }

  @Test func aFileInTheWayIsAnError() throws {
    let folder = try StreamsTestFolder()
    let final = try folder.write([9], as: "part")
    let staged = try StagedDirectory(finalPath: final, stagingRoot: folder.file("staging"))
    do throws(CuveeError) {
      try staged.commit()
      Issue.record("no error")
    } catch { #expect(error.kind == .io) }
    #expect(try FileSystem.readFile(final) == [9])
    #expect(try FileSystem.list(folder.file("staging")) == [])
  }
}
