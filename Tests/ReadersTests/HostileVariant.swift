import Foundation

/// A hostile file as it is given to a reader.
struct HostileVariant {
  /// How it differs from the file.
  var kind: String
  /// Where it lies.
  var path: String
  /// Its content by other programs; nil where it must be refused.
  var content: [UInt8]?

  /// The file as it is, and where it is compressed also its bytes as they are, made plain by a
  /// line feed before them.
  static func all(of path: String, scratch: String) throws -> [HostileVariant] {
    let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    let program: String? =
      if bytes.starts(with: [0x1F, 0x8B]) { "gzip" } else if isZstd(bytes) { "zstd" } else { nil }
    guard let program else {
      return [HostileVariant(kind: "plain", path: path, content: isRefused(path) ? nil : bytes)]
    }
    let raw = "\(scratch)/raw"
    try Data([0x0A] + bytes).write(to: URL(fileURLWithPath: raw))
    return [
      HostileVariant(kind: program, path: path, content: try decompressed(path, with: program)),
      HostileVariant(kind: "raw", path: raw, content: [0x0A] + bytes),
    ]
  }

  /// Its name says that it is compressed, and it is not.
  private static func isRefused(_ path: String) -> Bool {
    [".gz", ".zst", ".zstd"].contains { path.hasSuffix($0) }
  }

  private static func isZstd(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
  }

  /// What another program makes of a file; nil where it finds it broken.
  private static func decompressed(_ path: String, with program: String) throws -> [UInt8]? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program, "-dc"]
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? [UInt8](output) : nil
  }
}
