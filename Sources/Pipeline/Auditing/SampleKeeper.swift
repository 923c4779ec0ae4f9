import Bytes
import Streams

/// Keeps the samples of a part: of every step those that are first in the order.
///
/// Its file `samples.bin` is, after `CUVEESMP` and a version (uint32), for each entry that has
/// samples the bytes of its id and the number of samples (uint32 each) and the id; then the samples in
/// their order: order (uint64), file, the document and line that a barrier has removed (all ones for
/// none) and the bytes of JSON (uint32 each), and these bytes.
struct SampleKeeper {
  static let fileName = "samples.bin"
  private static let magic = Array("CUVEESMP".utf8)
  private static let sampleHeader = 24
  private static let version: UInt32 = 3

  /// The samples of each entry in their order.
  private(set) var samples: [[AuditSample]]

  init(entries: Int) { samples = Array(repeating: [], count: entries) }

  /// Adds samples, and lets go what is not among the first any more.
  mutating func add(_ new: [AuditSample]) {
    for sample in new {
      let entry = sample.entry
      let place = samples[entry].firstIndex { sample < $0 } ?? samples[entry].count
      if place >= AuditSample.kept { continue }
      samples[entry].insert(sample, at: place)
      if samples[entry].count > AuditSample.kept { samples[entry].removeLast() }
    }
  }

  /// Writes the file of a unit.
  func write(to folder: String, _ entries: StepEntries) throws(CuveeError) {
    var bytes = Self.magic
    bytes.appendLittleEndian(Self.version)
    for (entry, samples) in zip(entries.all, samples) where !samples.isEmpty {
      let id = Array(entry.id.utf8)
      bytes.appendLittleEndian(UInt32(id.count))
      bytes.appendLittleEndian(UInt32(samples.count))
      bytes += id
      for sample in samples {
        bytes.appendLittleEndian(sample.order)
        bytes.appendLittleEndian(sample.file)
        bytes.appendLittleEndian(sample.removed?.document ?? .max)
        bytes.appendLittleEndian(sample.removed?.piece ?? .max)
        bytes.appendLittleEndian(UInt32(sample.json.count))
        bytes += sample.json
      }
    }
    var file = try OutputFile(path: folder + "/" + Self.fileName)
    try file.write(bytes.span)
    try file.finish()
  }

  /// Reads the file of a unit.
  ///
  /// - Throws: `badData` where it is not whole, or names an entry that the source does not have.
  static func read(
    from folder: String, _ entries: StepEntries
  ) throws(CuveeError) -> [AuditSample] {
    let path = folder + "/" + fileName
    let bytes = try FileSystem.readFile(path)
    guard bytes.starts(with: magic), bytes.count >= magic.count + 4,
      bytes.loadLittleEndian(UInt32.self, at: magic.count) == version
    else { throw damaged(path) }
    var samples: [AuditSample] = []
    var index = magic.count + 4
    while index < bytes.count {
      guard bytes.count - index >= 8 else { throw damaged(path) }
      let idBytes = Int(bytes.loadLittleEndian(UInt32.self, at: index))
      let count = bytes.loadLittleEndian(UInt32.self, at: index + 4)
      index += 8
      guard bytes.count - index >= idBytes,
        let entry = entries.number(
          of: String(decoding: bytes[index..<index + idBytes], as: UTF8.self))
      else { throw damaged(path) }
      index += idBytes
      for _ in 0..<count {
        guard let sample = Self.sample(in: bytes, at: &index, entry) else { throw damaged(path) }
        samples.append(sample)
      }
    }
    return samples
  }

  /// The sample that begins at a place; nil where it is not whole.
  private static func sample(
    in bytes: [UInt8], at index: inout Int, _ entry: Int
  ) -> AuditSample? {
    guard bytes.count - index >= sampleHeader else { return nil }
    let count = Int(bytes.loadLittleEndian(UInt32.self, at: index + 20))
    guard bytes.count - index - sampleHeader >= count else { return nil }
    let removed = AuditSample.Place(
      document: bytes.loadLittleEndian(UInt32.self, at: index + 12),
      piece: bytes.loadLittleEndian(UInt32.self, at: index + 16))
    defer { index += sampleHeader + count }
    return AuditSample(
      order: bytes.loadLittleEndian(UInt64.self, at: index), entry: entry,
      file: bytes.loadLittleEndian(UInt32.self, at: index + 8),
      json: Array(bytes[index + sampleHeader..<index + sampleHeader + count]),
      removed: removed.document == .max ? nil : removed)
  }

  private static func damaged(_ path: String) -> CuveeError {
    .badData("\(path): is not a whole file of samples; remove it from the cache and run again")
  }
}
