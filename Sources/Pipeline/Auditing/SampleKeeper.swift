import Bytes
import Streams

/// Keeps the samples of a part: of every step those that are first in the order.
///
/// Its file `samples.bin` is, after `CUVEESMP` and a version (uint32), the samples by entry and
/// order: order (uint64), entry, file, the document and line that a barrier has removed (all ones for
/// none) and the bytes of JSON (uint32 each), and these bytes.
struct SampleKeeper {
  static let fileName = "samples.bin"
  private static let magic = Array("CUVEESMP".utf8)
  private static let sampleHeader = 28
  private static let version: UInt32 = 2

  /// The samples of each entry in their order.
  private(set) var samples: [[AuditSample]]

  init(entries: Int) { samples = Array(repeating: [], count: entries) }

  /// Adds samples, and lets go what is not among the first any more.
  mutating func add(_ new: [AuditSample]) {
    for sample in new {
      let entry = Int(sample.entry)
      let place = samples[entry].firstIndex { sample < $0 } ?? samples[entry].count
      if place >= AuditSample.kept { continue }
      samples[entry].insert(sample, at: place)
      if samples[entry].count > AuditSample.kept { samples[entry].removeLast() }
    }
  }

  /// Writes the file of a unit.
  func write(to folder: String) throws(CuveeError) {
    var bytes = Self.magic
    bytes.appendLittleEndian(Self.version)
    for sample in samples.joined() {
      bytes.appendLittleEndian(sample.order)
      bytes.appendLittleEndian(sample.entry)
      bytes.appendLittleEndian(sample.file)
      bytes.appendLittleEndian(sample.removed?.document ?? .max)
      bytes.appendLittleEndian(sample.removed?.piece ?? .max)
      bytes.appendLittleEndian(UInt32(sample.json.count))
      bytes += sample.json
    }
    var file = try OutputFile(path: folder + "/" + Self.fileName)
    try file.write(bytes.span)
    try file.finish()
  }

  /// Reads the file of a unit.
  static func read(from folder: String) throws(CuveeError) -> [AuditSample] {
    let path = folder + "/" + fileName
    let bytes = try FileSystem.readFile(path)
    let header = magic.count + 4
    guard bytes.count >= header, bytes.starts(with: magic),
      bytes.loadLittleEndian(UInt32.self, at: magic.count) == version
    else { throw damaged(path) }
    var samples: [AuditSample] = []
    var index = header
    while index < bytes.count {
      guard bytes.count - index >= sampleHeader else { throw damaged(path) }
      let count = Int(bytes.loadLittleEndian(UInt32.self, at: index + 24))
      guard bytes.count - index - sampleHeader >= count else { throw damaged(path) }
      let removed = AuditSample.Place(
        document: bytes.loadLittleEndian(UInt32.self, at: index + 16),
        piece: bytes.loadLittleEndian(UInt32.self, at: index + 20))
      samples.append(
        AuditSample(
          order: bytes.loadLittleEndian(UInt64.self, at: index),
          entry: bytes.loadLittleEndian(UInt32.self, at: index + 8),
          file: bytes.loadLittleEndian(UInt32.self, at: index + 12),
          json: Array(bytes[index + sampleHeader..<index + sampleHeader + count]),
          removed: removed.document == .max ? nil : removed))
      index += sampleHeader + count
    }
    return samples
  }

  private static func damaged(_ path: String) -> CuveeError {
    .badData("\(path): is not a whole file of samples; remove it from the cache and run again")
  }
}
