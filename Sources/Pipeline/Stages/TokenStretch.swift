import Bytes

/// Some tokens in a row: in memory, or in a file where a huge text has given them.
enum TokenStretch {
  /// As little-endian numbers.
  case bytes([UInt8])
  /// As a file of ids, which are to be written with some bytes each.
  case file(DrainedIDs, width: Int)

  /// Creates a stretch of ids.
  init(_ ids: EncodedTexts.IDs, width: Int) {
    switch ids {
    case .inMemory(let ids):
      var bytes: [UInt8] = []
      bytes.appendLittleEndian(ids.span, width: width)
      self = .bytes(bytes)
    case .inFile(let file): self = .file(file, width: width)
    case .counted: preconditionFailure("ids are only counted where no folder is given for them")
    }
  }

  /// Calls a function with the tokens as little-endian numbers, some after another.
  ///
  /// - Throws: `io` where the file cannot be read, and what the function throws.
  func forEachPiece(_ body: (Span<UInt8>) throws(CuveeError) -> Void) throws(CuveeError) {
    switch self {
    case .bytes(let bytes): try body(bytes.span)
    case .file(let file, let width):
      try file.forEachPiece { (piece) throws(CuveeError) in
        if width == DrainedIDs.width { return try body(piece) }
        var ids: [UInt32] = []
        ids.reserveCapacity(piece.count / DrainedIDs.width)
        for index in 0..<piece.count / DrainedIDs.width {
          ids.append(piece.loadLittleEndian(UInt32.self, at: index * DrainedIDs.width))
        }
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(ids.span, width: width)
        try body(bytes.span)
      }
    }
  }
}
