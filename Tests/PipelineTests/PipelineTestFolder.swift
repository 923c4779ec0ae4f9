import Bytes
import Foundation
import Streams

@testable import Pipeline

/// A folder of its own for one test, removed with the value.
final class PipelineTestFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "cuvee-pipeline-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, with the folders above it.
  func write(_ content: some Collection<UInt8>, to name: String) throws {
    let url = URL(fileURLWithPath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: url)
  }

  func write(_ content: String, to name: String) throws { try write(content.utf8, to: name) }

  func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: file(name), withIntermediateDirectories: true)
    return file(name)
  }
}

/// A file that replaces what is there.
func newFile(_ path: String) throws -> NewFile {
  try NewFile(path: path, displayPath: path, force: true, protected: ProtectedFiles())
}

/// The bytes of a file.
func contents(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// The names in a folder.
func names(in folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// A generator of test data; what it gives is the same in every run.
func testRandom(_ purpose: String) -> StableRandom { StableRandom(seed: 7, purpose: purpose) }

extension UnitEnvironment {
  /// What a unit of a test works with.
  static func testing(_ cache: StageCache) -> UnitEnvironment {
    UnitEnvironment(
      cache: cache, crew: Crew(size: 1), limits: Limits(), progress: Progress(enabled: false))
  }
}
