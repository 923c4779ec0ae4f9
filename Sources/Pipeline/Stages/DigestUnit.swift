import Bytes
import Readers
import Streams

/// What the first reading of a file tells.
struct DigestFacts: Codable, Sendable {
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

/// Reads an input file once: its SHA-256, and where it can be cut. Remembered by path, size,
/// modification time and inode.
struct DigestUnit: KeyedUnit {
  typealias Facts = DigestFacts
  static let stage = Stage.digest

  let file: PlannedFile
  let framing: Framing
  let partBytes: UInt64

  var label: String { file.displayPath }
  var size: UInt64 { file.status.size }

  var key: Digest {
    var key = KeyBuilder("digest", version: ToolVersion.formats)
    key.add("path", file.path)
    key.add("size", file.status.size)
    key.add("modified", file.status.modifiedNanoseconds)
    key.add("inode", file.status.inode)
    key.add("lines", framing == .lines)
    key.add("partBytes", partBytes)
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> DigestFacts {
    let input = try RandomAccessFile(path: file.path)
    guard input.size == file.status.size else {
      throw .badData("\(file.displayPath): has changed while it was read; run again")
    }
    let cutting = framing == .lines && input.size > partBytes ? try isPlain() : false
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

  private func isPlain() throws(CuveeError) -> Bool {
    let input = try ByteInput(path: file.path, displayPath: file.displayPath)
    return input.compression == .plain
  }
}
