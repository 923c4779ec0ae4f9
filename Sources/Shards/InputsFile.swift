import Bytes
import Streams

/// An input file of a run.
public struct InputRecord: Codable, Sendable, Equatable {
  /// The name of the source that reads it.
  public var source: String
  /// The path as the mixture file gives it: relative to the mixture file or to `--data`.
  public var path: String
  /// The size on the disk in bytes.
  public var size: UInt64
  /// SHA-256 of the bytes on the disk.
  public var sha256: Digest

  /// Creates the record of an input file.
  public init(source: String, path: String, size: UInt64, sha256: Digest) {
    self.source = source
    self.path = path
    self.size = size
    self.sha256 = sha256
  }
}

extension InputRecord {
  /// Appends the record as a line of JSON, keys sorted: a corpus may have a hundred thousand files.
  func append(to bytes: inout [UInt8]) {
    bytes += "{\"path\":".utf8
    JSONText.appendString(path, to: &bytes)
    bytes += ",\"sha256\":\"".utf8
    sha256.appendHex(to: &bytes)
    bytes += "\",\"size\":\(size),\"source\":".utf8
    JSONText.appendString(source, to: &bytes)
    bytes += [0x7D, 0x0A]
  }
}

/// `inputs.zst`: every input file, one JSON object a line, in the zstd seekable format.
public enum InputsFile {
  /// Writes the list.
  ///
  /// - Parameters:
  ///   - inputs: The input files; a document's `file` is an index into this list.
  ///   - path: The file to make.
  ///   - level: zstd's compression level.
  /// - Returns: Sizes and digests of the file, uncompressed and compressed.
  /// - Throws: `CuveeError.io` when writing fails.
  public static func write(
    _ inputs: [InputRecord], to path: String, level: Int32
  ) throws(CuveeError) -> SeekableZstdSummary {
    var file = try FramedFile(path: path, level: level)
    for input in inputs {
      input.append(to: &file.pending)
      try file.endEntry()
    }
    return try file.finish()
  }

  /// Reads the list.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - displayPath: The file's name for messages.
  /// - Returns: The input files, in the order of the list.
  /// - Throws: `CuveeError.missingInput` when there is no such file, `.badData` with the line that
  ///   is wrong.
  public static func read(path: String, displayPath: String) throws(CuveeError) -> [InputRecord] {
    try JSONLinesFile.read(InputRecord.self, path: path, displayPath: displayPath)
  }
}
