import Bytes
import Streams

/// A list in the zstd seekable format: one JSON object a line.
public enum JSONLinesFile {
  /// Reads a list.
  ///
  /// - Parameters:
  ///   - type: What a line is.
  ///   - path: The file.
  ///   - displayPath: The file's name for messages.
  /// - Returns: The records, in the order of the list.
  /// - Throws: `CuveeError.missingInput` when there is no such file, `.badData` with the line that
  ///   is wrong.
  public static func read<Record: Decodable>(
    _ type: Record.Type, path: String, displayPath: String
  ) throws(CuveeError) -> [Record] {
    var file = try SeekableZstdReader(path: path, displayPath: displayPath)
    var records: [Record] = []
    var pending: [UInt8] = []
    for frame in 0..<file.frameCount {
      try file.appendFrame(frame, to: &pending)
      var start = 0
      while let end = pending[start...].firstIndex(of: 0x0A) {
        records.append(
          try StableJSON.decode(
            type, from: Array(pending[start..<end]), place: "\(displayPath):\(records.count + 1)"))
        start = end + 1
      }
      pending.removeSubrange(..<start)
    }
    guard pending.isEmpty else {
      throw .badData("\(displayPath):\(records.count + 1): the last line does not end")
    }
    return records
  }
}
