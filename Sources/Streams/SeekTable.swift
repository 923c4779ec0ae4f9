import Bytes

/// The table at the end of a seekable zstd file: the sizes of its frames.
///
/// Zstd seekable format 0.1.0 (contrib/seekable_format in zstd's sources): a skippable frame of
/// `0x184D2A5E, u32 size, entries, u32 frames, u8 descriptor, 0x8F92EAB1`, least significant byte
/// first; an entry is `u32 compressed size, u32 raw size` and, where bit 7 of the descriptor is
/// set, the low 32 bits of the raw content's XXH64.
struct SeekTable: Sendable {
  static let skippableMagic: UInt32 = 0x184D_2A5E
  static let footerMagic: UInt32 = 0x8F92_EAB1
  static let headerBytes = 8
  static let footerBytes = 9
  /// The format's limit of a frame's raw bytes.
  static let greatestFrame = 1 << 30
  /// The format's limit of frames.
  static let mostFrames = 0x800_0000

  /// Where the frames begin in the file; one more entry than frames.
  private(set) var compressedStarts: [UInt64] = [0]
  /// Where the frames' contents begin; one more entry than frames.
  private(set) var rawStarts: [UInt64] = [0]
  /// The low 32 bits of the contents' XXH64; empty when the table has none.
  private(set) var checksums: [UInt32] = []

  var frames: Int { rawStarts.count - 1 }
  var rawSize: UInt64 { rawStarts[frames] }
  var compressedSize: UInt64 { compressedStarts[frames] }

  /// Adds a frame with the XXH64 of its content.
  mutating func append(compressed: Int, raw: Int, hash: UInt64) {
    compressedStarts.append(compressedSize + UInt64(compressed))
    rawStarts.append(rawSize + UInt64(raw))
    checksums.append(UInt32(truncatingIfNeeded: hash))
  }

  /// The frame that holds a raw offset below `rawSize`.
  func frame(holding offset: UInt64) -> Int {
    var low = 0
    var high = frames
    while high - low > 1 {
      let middle = (low + high) / 2
      if rawStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The table's bytes, a skippable frame.
  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headerBytes + frames * 12 + Self.footerBytes)
    bytes.appendLittleEndian(Self.skippableMagic)
    bytes.appendLittleEndian(UInt32(frames * 12 + Self.footerBytes))
    for frame in 0..<frames {
      bytes.appendLittleEndian(UInt32(compressedStarts[frame + 1] - compressedStarts[frame]))
      bytes.appendLittleEndian(UInt32(rawStarts[frame + 1] - rawStarts[frame]))
      bytes.appendLittleEndian(checksums[frame])
    }
    bytes.appendLittleEndian(UInt32(frames))
    bytes.append(0x80)
    bytes.appendLittleEndian(Self.footerMagic)
    return bytes
  }
}

extension SeekTable {
  /// Reads the table at the end of a file.
  ///
  /// - Throws: `badData` when there is none or it does not fit the file.
  init(_ file: borrowing RandomAccessFile, displayPath: String) throws(CuveeError) {
    let remedy = "it was cut short or is not a seekable zstd file"
    let least = UInt64(Self.headerBytes + Self.footerBytes)
    guard file.size >= least else {
      throw .badData("\(displayPath): has no seek table: \(remedy)")
    }
    var footer: [UInt8] = []
    try file.read(
      at: file.size - UInt64(Self.footerBytes), count: Self.footerBytes, appendingTo: &footer)
    guard footer.loadLittleEndian(UInt32.self, at: 5) == Self.footerMagic else {
      throw .badData("\(displayPath): has no seek table: \(remedy)")
    }
    let frames = Int(footer.loadLittleEndian(UInt32.self, at: 0))
    // Bits 2 to 6 are reserved and must be zero; bits 0 and 1 mean nothing.
    guard frames <= Self.mostFrames, footer[4] & 0x7C == 0 else {
      throw .badData("\(displayPath): has a seek table of an unknown kind")
    }
    let width = footer[4] & 0x80 != 0 ? 12 : 8
    let length = Self.headerBytes + frames * width + Self.footerBytes
    guard UInt64(length) <= file.size else {
      throw .badData("\(displayPath): its seek table is larger than the file")
    }
    var bytes: [UInt8] = []
    try file.read(at: file.size - UInt64(length), count: length, appendingTo: &bytes)
    guard bytes.loadLittleEndian(UInt32.self, at: 0) == Self.skippableMagic,
      bytes.loadLittleEndian(UInt32.self, at: 4) == UInt32(length - Self.headerBytes)
    else { throw .badData("\(displayPath): its seek table has a wrong header") }
    try self.init(entries: bytes.span, frames: frames, width: width, displayPath: displayPath)
    guard compressedSize + UInt64(length) == file.size else {
      throw .badData("\(displayPath): its frames do not fill the file: \(remedy)")
    }
  }

  private init(
    entries bytes: Span<UInt8>, frames: Int, width: Int, displayPath: String
  ) throws(CuveeError) {
    compressedStarts.reserveCapacity(frames + 1)
    rawStarts.reserveCapacity(frames + 1)
    for frame in 0..<frames {
      let place = Self.headerBytes + frame * width
      let raw = bytes.loadLittleEndian(UInt32.self, at: place + 4)
      guard raw <= Self.greatestFrame else {
        throw .badData("\(displayPath): frame \(frame) of its seek table is larger than 1 GiB")
      }
      let compressed = bytes.loadLittleEndian(UInt32.self, at: place)
      compressedStarts.append(compressedStarts[frame] + UInt64(compressed))
      rawStarts.append(rawStarts[frame] + UInt64(raw))
      if width == 12 { checksums.append(bytes.loadLittleEndian(UInt32.self, at: place + 8)) }
    }
  }
}
