import Bytes
import Foundation
import Testing

@testable import Streams

@Suite struct ProtectedFilesTests {
  private let folder: StreamsTestFolder

  init() throws { folder = try StreamsTestFolder() }

  /// Protects one file and asks whether an output may be `out`.
  private func isRefused(_ path: String) -> Bool {
    var files = ProtectedFiles()
    files.add(folder.file(path), as: "the input")
    do {
      try files.requireOutside(of: folder.file("out"), displayPath: "out")
      return false
    } catch { return true }
  }

  @Test func aFileInsideAnOutputIsFoundThroughLinks() throws {
    let manager = FileManager.default
    for name in ["out/deep", "outside"] {
      try manager.createDirectory(
        atPath: folder.file(name), withIntermediateDirectories: true)
    }
    for name in ["out/deep/a", "outside/a"] {
      try Data("x".utf8).write(to: URL(fileURLWithPath: folder.file(name)))
    }
    for (link, target) in [
      ("linked-folder", "out/deep"), ("linked-file", "out/deep/a"), ("out/away", "outside/a"),
      ("out-linked", "out"),
    ] {
      try manager.createSymbolicLink(
        atPath: folder.file(link), withDestinationPath: folder.file(target))
    }
    for (path, expected) in [
      ("out/deep/a", true), ("linked-folder/a", true), ("linked-file", true),
      ("out-linked/deep/a", true), ("outside/a", false), ("out/away", false),
    ] {
      #expect(isRefused(path) == expected, "\(path)")
    }
  }
}
