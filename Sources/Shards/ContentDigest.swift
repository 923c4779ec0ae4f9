import Bytes

/// The digest of what an output says, whatever libzstd compressed it.
///
/// SHA-256 over one line for each file but the manifest and the indexes: its path, a zero byte, the
/// SHA-256 of its uncompressed bytes and a line feed; sorted by path.
public enum ContentDigest {
  /// The digest of files.
  public static func of(_ files: [FileEntry]) -> Digest {
    var hasher = SHA256Hasher()
    let sorted = files.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
    for file in sorted {
      let line = Array(file.file.utf8) + [0] + Array(file.rawSHA256.hex.utf8) + [0x0A]
      hasher.update(line.span)
    }
    return hasher.finalize()
  }
}
