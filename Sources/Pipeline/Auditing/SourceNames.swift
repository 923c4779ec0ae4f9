import Bytes

/// The names of the sources and of the files of their input parts.
struct SourceNames: Sendable {
  /// The sources' names.
  let sources: [String]
  /// The files' names by source and input part.
  let paths: [[[String]]]
  /// The digest of all names.
  let digest: Digest

  /// The name of a file; nil where there is none.
  func path(_ file: UInt32, of part: TextPart) -> String? {
    guard paths.indices.contains(part.source), paths[part.source].indices.contains(part.inputPart)
    else { return nil }
    let files = paths[part.source][part.inputPart]
    return Int(file) < files.count ? files[Int(file)] : nil
  }
}
