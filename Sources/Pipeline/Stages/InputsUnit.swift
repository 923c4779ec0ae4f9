import Bytes
import Shards
import Streams

/// Writes the list of the input files of all sources, with their sizes and digests.
struct InputsUnit: KeyedUnit {
  typealias Facts = SeekableZstdSummary
  static let stage = Stage.inputs

  let records: [InputRecord]
  let level: Int32

  var label: String { "" }
  var size: UInt64 { 0 }

  var key: Digest {
    var key = KeyBuilder("inputs", version: ToolVersion.formats)
    for record in records {
      key.add("source", record.source)
      key.add("path", record.path)
      key.add("size", record.size)
      key.add("sha256", record.sha256)
    }
    key.add("level", level)
    key.add("zstd", ZstdLibrary.version)
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> SeekableZstdSummary {
    try InputsFile.write(records, to: "\(folder)/\(OutputLayout.inputs)", level: level)
  }
}
