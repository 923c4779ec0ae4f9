import Bytes
import Foundation
import Testing

@testable import Streams

/// A folder of a test's own, removed at its end.
final class StreamsTestFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "streams-tests-" + UUID().uuidString
    try FileSystem.createDirectories(path)
  }

  deinit { try? FileSystem.remove(path) }

  /// The path of a name in the folder.
  func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file, with the folders above it, and gives back its path.
  @discardableResult
  func write(_ bytes: [UInt8], as name: String) throws -> String {
    try FileSystem.createDirectories(FileSystem.parent(of: file(name)))
    var output = try OutputFile(path: file(name))
    try output.write(bytes.span)
    try output.finish()
    return file(name)
  }
}

/// What a body throws, or nil.
func cuveeError(_ body: () throws(CuveeError) -> Void) -> CuveeError? {
  do throws(CuveeError) {
    try body()
    return nil
  } catch {
    return error
  }
}

/// All bytes of an input, read in pieces of a size.
func content(
  of path: String, pieces: Int = 1 << 16, range: Range<UInt64>? = nil, displayPath: String? = nil
) throws(CuveeError) -> [UInt8] {
  var input = try ByteInput(path: path, displayPath: displayPath ?? path, range: range)
  var bytes: [UInt8] = []
  while try input.read(into: &bytes, atMost: pieces) > 0 {}
  return bytes
}

/// Bytes written as hexadecimal digits.
func hex(_ digits: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = Substring(digits)
  while !rest.isEmpty {
    bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
    rest = rest.dropFirst(2)
  }
  return bytes
}

/// Runs a command of the system and gives back its exit status and standard output.
func run(_ tool: String, _ arguments: [String]) throws -> (status: Int32, output: [UInt8]) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: tool)
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, [UInt8](output))
}

/// Where the reference tools are; tests that need them are skipped where they are not installed.
enum Tool {
  static let zstd = "/usr/bin/zstd"
  static let gzip = "/usr/bin/gzip"

  static var areInstalled: Bool {
    FileManager.default.isExecutableFile(atPath: zstd)
      && FileManager.default.isExecutableFile(atPath: gzip)
  }
}
