import Bytes
import Readers
import Streams

/// What the first reading of a file tells.
struct DigestFacts: Sendable {
  /// A place where a large plain file of lines may be cut: the start of a record.
  struct Cut: Codable, Sendable {
    /// The offset of the record's first byte.
    var offset: UInt64
    /// The record's ordinal.
    var record: UInt64
  }

  /// SHA-256 of the file as it lies on disk.
  var sha256: Digest
  /// Where the parts of the file begin; one or none for a file that is not cut.
  var cuts: [Cut]
}

/// What the first reading of the files of a unit tells.
struct DigestBatchFacts: Codable, Sendable {
  /// The hexadecimal SHA-256 of every file, one after another: one string, because a JSON array of
  /// a thousand takes ten times as long to read.
  var sha256: String
  /// Where the parts of the file begin, where the unit is one large file.
  var cuts: [DigestFacts.Cut]

  /// The facts of each file.
  ///
  /// - Throws: `failed` where they are not those of so many files.
  func files(_ count: Int) throws(CuveeError) -> [DigestFacts] {
    let digits = Array(sha256.utf8)
    var facts: [DigestFacts] = []
    for start in stride(from: 0, to: digits.count, by: 64) {
      let hex = String(decoding: digits[start..<min(start + 64, digits.count)], as: UTF8.self)
      guard let digest = Digest(hex: hex) else { break }
      facts.append(DigestFacts(sha256: digest, cuts: count == 1 ? cuts : []))
    }
    guard facts.count == count else {
      throw .failed("the digests of \(facts.count) files are not those of \(count)")
    }
    return facts
  }
}

/// Reads input files once: their SHA-256, and where a large one can be cut. Remembered by path,
/// size, modification time and inode.
///
/// Small files go together, because a result of its own for each would take more time and space
/// than reading it. `batches` cuts them where the hash of a path says so: a file that is added or
/// removed changes the batch around it and no other.
struct DigestUnit: KeyedUnit {
  typealias Facts = DigestBatchFacts
  static let stage = Stage.digest

  /// A file of at least so many bytes is a unit of its own.
  static let ownUnitBytes: UInt64 = 4 << 20
  /// A batch ends when it has so many bytes.
  static let batchBytes: UInt64 = 64 << 20
  /// One path in so many begins a batch.
  static let batchFiles: UInt64 = 1024

  let files: [PlannedFile]
  let framing: Framing
  let partBytes: UInt64

  var label: String {
    files.count == 1 ? files[0].displayPath : "\(files[0].displayPath) and \(files.count - 1) more"
  }
  var size: UInt64 { files.reduce(0) { $0 + $1.status.size } }

  var key: Digest {
    var key = KeyBuilder("digest", version: ToolVersion.formats)
    for file in files {
      key.add("path", file.path)
      key.add("size", file.status.size)
      key.add("modified", file.status.modifiedNanoseconds)
      key.add("inode", file.status.inode)
    }
    key.add("lines", framing == .lines)
    key.add("partBytes", partBytes)
    return key.key
  }

  /// The units of a source's files, in their order.
  static func batches(
    _ files: [PlannedFile], framing: Framing, partBytes: UInt64
  ) -> [DigestUnit] {
    var units: [DigestUnit] = []
    var open: [PlannedFile] = []
    var openBytes: UInt64 = 0
    func close() {
      guard !open.isEmpty else { return }
      units.append(DigestUnit(files: open, framing: framing, partBytes: partBytes))
      open = []
      openBytes = 0
    }
    for file in files {
      let isLarge = file.status.size >= min(ownUnitBytes, partBytes)
      let begins = StableHash.xxh3(file.displayPath).isMultiple(of: batchFiles)
      if isLarge || begins || openBytes + file.status.size > batchBytes { close() }
      open.append(file)
      openBytes += file.status.size
      if isLarge { close() }
    }
    close()
    return units
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> DigestBatchFacts {
    var facts = DigestBatchFacts(sha256: "", cuts: [])
    facts.sha256.reserveCapacity(files.count * 64)
    for file in files {
      let found = try read(file, environment)
      facts.sha256 += found.sha256.hex
      if files.count == 1 { facts.cuts = found.cuts }
    }
    return facts
  }

  private func read(
    _ file: PlannedFile, _ environment: UnitEnvironment
  ) throws(CuveeError) -> DigestFacts {
    let input = try RandomAccessFile(path: file.path, displayPath: file.displayPath)
    guard input.size == file.status.size else {
      throw .badData("\(file.displayPath): has changed while it was read; run again")
    }
    let cutting =
      files.count == 1 && framing == .lines && input.size > partBytes ? try file.isPlain() : false
    var hasher = SHA256Hasher()
    var cuts = [DigestFacts.Cut(offset: 0, record: 0)]
    var newlines: UInt64 = 0
    try input.forEachPiece { (piece, offset) throws(CuveeError) in
      hasher.update(piece)
      if cutting {
        var start = 0
        while let index = LineEnd.find(in: piece, from: start) {
          start = index + 1
          newlines += 1
          let next = offset + UInt64(start)
          if next >= UInt64(cuts.count) * partBytes && next < input.size {
            cuts.append(DigestFacts.Cut(offset: next, record: newlines))
          }
        }
      }
      environment.progress.advance(piece.count)
    }
    return DigestFacts(sha256: hasher.finalize(), cuts: cutting ? cuts : [])
  }
}
