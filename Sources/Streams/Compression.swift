import Bytes

/// How the bytes of an input file are packed; found by their first bytes, not by the file's name.
public enum Compression: String, Sendable, Codable {
  /// Not at all.
  case plain
  /// gzip (RFC 1952), one member or several.
  case gzip
  /// zstd (RFC 8878), one frame or several.
  case zstd

  /// How many first bytes `recognise` wants to see.
  static let prefixLength = 64

  /// The compression of a file by its first bytes.
  ///
  /// - Parameters:
  ///   - prefix: the first `prefixLength` bytes, or all of a shorter file.
  ///   - displayPath: the file, for messages; the end of its name must fit what it holds.
  /// - Returns: how the file is packed.
  /// - Throws: `badData` for a Git LFS pointer, a compression that is not read, or a name that
  ///   promises another one.
  static func recognise(_ prefix: [UInt8], displayPath: String) throws(CuveeError) -> Compression {
    if starts(prefix, "version https://git-lfs.github.com/spec/") {
      throw .badData(
        "\(displayPath): is a Git LFS pointer, not data; run `git lfs pull` where it came from")
    }
    let found: Compression = isZstd(prefix) ? .zstd : isGzip(prefix) ? .gzip : .plain
    if let promised = promised(by: displayPath), promised != found {
      throw .badData(
        "\(displayPath): is not \(promised) data as its name says, but \(describe(prefix, found))")
    }
    if found == .plain, let other = otherCompression(prefix) {
      throw .badData(
        "\(displayPath): is compressed with \(other), which is not supported; decompress it or"
          + " compress it with zstd or gzip")
    }
    return found
  }

  private static func promised(by path: String) -> Compression? {
    let name = path.lowercased()
    if name.hasSuffix(".gz") { return .gzip }
    return name.hasSuffix(".zst") || name.hasSuffix(".zstd") ? .zstd : nil
  }

  private static func isGzip(_ prefix: [UInt8]) -> Bool { prefix.starts(with: [0x1F, 0x8B]) }

  /// A frame, or one of the sixteen kinds of frames to skip.
  private static func isZstd(_ prefix: [UInt8]) -> Bool {
    guard prefix.count >= 4 else { return false }
    let magic = prefix.loadLittleEndian(UInt32.self, at: 0)
    return magic == 0xFD2F_B528 || magic & 0xFFFF_FFF0 == 0x184D_2A50
  }

  private static func otherCompression(_ prefix: [UInt8]) -> String? {
    if starts(prefix, "BZh") && Array(prefix.dropFirst(4).prefix(6)) == bzip2Block {
      return "bzip2"
    }
    let magics: [(name: String, bytes: [UInt8])] = [
      ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]), ("lz4", [0x04, 0x22, 0x4D, 0x18]),
      ("zip", [0x50, 0x4B, 0x03, 0x04]), ("compress (.Z)", [0x1F, 0x9D]),
    ]
    return magics.first { prefix.starts(with: $0.bytes) }?.name
  }

  /// The first bytes of a bzip2 block: the digits of pi.
  private static let bzip2Block: [UInt8] = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]

  /// What the bytes are, in words.
  private static func describe(_ prefix: [UInt8], _ found: Compression) -> String {
    if prefix.isEmpty { return "empty; was a download cut off?" }
    if found != .plain { return "\(found) data; rename it" }
    if let other = otherCompression(prefix) { return "\(other) data" }
    let text = String(decoding: prefix, as: UTF8.self).lowercased()
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") {
      return "an HTML page; was a download answered with an error?"
    }
    let isText = prefix.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
    return isText ? "plain text; rename it" : "something else; was a download damaged?"
  }

  private static func starts(_ prefix: [UInt8], _ text: String) -> Bool {
    prefix.starts(with: text.utf8)
  }
}
