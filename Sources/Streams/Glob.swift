import Bytes

/// Finds files by patterns, as a shell does, the same on every machine.
public enum Glob {
  /// The files that a pattern names.
  ///
  /// `*` and `?` stand for any characters and any one character of a name, `[a-z]` and `[!a-z]`
  /// for one of a set, `{a,b}` for alternatives, `**` for any number of folders; `\` takes the
  /// meaning from the next character. Names that begin with a dot fit only a pattern that does.
  /// Symbolic links are followed, except into a folder that is already being walked. Folders are
  /// not matched; links to nothing are, so that they are missed when they are opened.
  ///
  /// - Parameters:
  ///   - pattern: the pattern; one without metacharacters names itself (but for `.` and doubled
  ///     slashes) where it exists, file or folder.
  ///   - base: the folder that relative patterns start from.
  /// - Returns: paths relative to `base`, or absolute for an absolute pattern, in the order of
  ///   their UTF-8 bytes, each once.
  /// - Throws: `missingInput` for a folder that cannot be listed, `badData` for a file whose name
  ///   is not UTF-8.
  public static func expand(
    _ pattern: String, base: String
  ) throws(CuveeError) -> [String] {
    var found: [String] = []
    for alternative in try GlobBraces.expand(pattern) where !alternative.isEmpty {
      let isAbsolute = alternative.utf8.first == UInt8(ascii: "/")
      let names = alternative.split(separator: "/").filter { $0 != "." }
      var segments: [GlobSegment] = []
      for segment in names.map(GlobSegment.init) {
        // `**/**` is `**`.
        if segment != .folders || segments.last != .folders { segments.append(segment) }
      }
      var walk = GlobWalk(base: isAbsolute ? "" : base)
      if segments.contains(where: \.isWild) {
        try walk.visit(isAbsolute ? "/" : "", segments[...])
      } else {
        try walk.look(isAbsolute ? "/" : "", segments)
      }
      found += walk.found
    }
    // Not String's order and equality: those go by canonical equivalence.
    let sorted = found.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    var unique: [[UInt8]] = []
    for path in sorted where path != unique.last { unique.append(path) }
    return unique.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension GlobSegment {
  /// Whether it needs a folder to be listed.
  fileprivate var isWild: Bool {
    if case .name = self { false } else { true }
  }
}
