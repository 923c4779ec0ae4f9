/// How far a compressed file may expand before it counts as a bomb and not as data.
///
/// Memory does not depend on it, time and disk space do. Only zstd needs it: a deflate stream
/// expands at most 1,032 times (zlib's documentation, "Technical Details"), a zstd block of four
/// bytes gives 128 KiB (RFC 8878 section 3.1.1.2). Text of any length stays far below the ratio
/// unless it is the same few lines over and over.
struct ExpansionLimit {
  /// This much content, in bytes, is given whatever it was packed into: 1 GiB.
  static let freeContent: UInt64 = 1 << 30
  /// Beyond it a file may give so many bytes for each of its own.
  static let greatestRatio: UInt64 = 2000

  /// The content given so far, in bytes.
  private var content: UInt64 = 0

  /// Counts content.
  ///
  /// - Parameters:
  ///   - produced: the bytes just given.
  ///   - used: the bytes of the file used so far.
  /// - Throws: `unsupported` where the file has expanded past the limit.
  mutating func count(_ produced: Int, from used: UInt64) throws(StreamFailure) {
    content += UInt64(produced)
    guard content > Self.freeContent, content / Self.greatestRatio > used else { return }
    throw .unsupported(
      "its first \(used) bytes expand to more than \(Self.freeContent >> 30) GiB and more than"
        + " \(Self.greatestRatio) times their size, which is the limit; if it is sound, decompress"
        + " it first")
  }
}
