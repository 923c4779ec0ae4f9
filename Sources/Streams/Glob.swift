import Bytes

/// Finds files by patterns, as a shell does, the same on every machine.
public enum Glob {
  /// The files that a pattern names.
  ///
  /// `*` and `?` stand for any characters and any one character of a name, `[a-z]` and `[!a-z]`
  /// for one of a set, `{a,b}` for alternatives, `**` for any number of folders; `\` takes the
  /// meaning from the next character. Names that begin with a dot fit only a pattern that does.
  /// Symbolic links are followed, except into a folder that is already being walked. Folders are
  /// not matched; links to nothing are, so that they are missed when they are opened. A file that has
  /// the pattern itself for its name is the one that is meant, whatever its brackets and braces.
  ///
  /// - Parameters:
  ///   - pattern: the pattern; one without metacharacters names itself (but for `.` and doubled
  ///     slashes) where it exists, file or folder.
  ///   - base: the folder that relative patterns start from.
  /// - Returns: paths relative to `base`, or absolute for an absolute pattern, in the order of
  ///   their UTF-8 bytes, each once.
  /// - Throws: `missingInput` for folders that cannot be listed, `badData` for files whose names are
  ///   not UTF-8: a line for each.
  public static func expand(
    _ pattern: String, base: String
  ) throws(CuveeError) -> [String] {
    var found: [String] = []
    var problems: [CuveeError] = []
    if let literal = literal(pattern, base: base) { return [literal] }
    for alternative in try GlobBraces.expand(pattern) where !alternative.isEmpty {
      let isAbsolute = alternative.utf8.first == UInt8(ascii: "/")
      let segments = segments(of: alternative)
      var walk = GlobWalk(base: isAbsolute ? "" : base)
      if segments.contains(where: \.isWild) {
        try walk.visit(isAbsolute ? "/" : "", segments[...])
      } else {
        try walk.look(isAbsolute ? "/" : "", segments)
      }
      found += walk.found
      // `**` comes to a folder twice: for itself, and for the folders below it.
      for problem in walk.problems where !problems.contains(problem) { problems.append(problem) }
    }
    if let first = problems.first {
      throw CuveeError(
        first.kind, problems.map(\.message).joined(separator: CuveeError.separator))
    }
    // Not String's order and equality: those go by canonical equivalence.
    let sorted = found.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    var unique: [[UInt8]] = []
    for path in sorted where path != unique.last { unique.append(path) }
    return unique.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Glob {
  /// Whether a pattern names a path, whatever lies there.
  ///
  /// - Parameters:
  ///   - pattern: The pattern.
  ///   - path: The path: relative to the folder that relative patterns start from, or absolute where
  ///     the pattern is.
  /// - Returns: Whether the pattern names the path.
  /// - Throws: `badData` for a pattern of too many alternatives.
  public static func matches(_ pattern: String, path: String) throws(CuveeError) -> Bool {
    let names = path.split(separator: "/").map { Array($0.utf8) }
    for alternative in try GlobBraces.expand(pattern) where !alternative.isEmpty {
      guard (alternative.utf8.first == UInt8(ascii: "/")) == (path.utf8.first == UInt8(ascii: "/"))
      else { continue }
      if matches(segments(of: alternative)[...], names[...]) { return true }
    }
    return false
  }

  private static func matches(
    _ segments: ArraySlice<GlobSegment>, _ names: ArraySlice<[UInt8]>
  ) -> Bool {
    guard let first = segments.first else { return names.isEmpty }
    let rest = segments.dropFirst()
    if first == .folders {
      // `**` at the end stands for files, too.
      if rest.isEmpty { return !names.isEmpty && names.allSatisfy(first.matches) }
      var left = names
      while true {
        if matches(rest, left) { return true }
        guard let name = left.popFirst(), first.matches(name) else { return false }
      }
    }
    guard let name = names.first, first.matches(name) else { return false }
    return matches(rest, names.dropFirst())
  }

  /// The segments of a pattern without braces.
  private static func segments(of pattern: String) -> [GlobSegment] {
    var segments: [GlobSegment] = []
    for segment in pattern.split(separator: "/").filter({ $0 != "." }).map(GlobSegment.init) {
      // `**/**` is `**`.
      if segment != .folders || segments.last != .folders { segments.append(segment) }
    }
    return segments
  }

  /// The path of a file whose name is the pattern as it is written, brackets, braces and all.
  private static func literal(_ pattern: String, base: String) -> String? {
    guard pattern.utf8.contains(where: { [0x2A, 0x3F, 0x5B, 0x7B, 0x5C].contains($0) }) else {
      return nil
    }
    let isAbsolute = pattern.utf8.first == UInt8(ascii: "/")
    let path = pattern.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    let place = isAbsolute ? "/" + path : base + "/" + path
    guard let status = try? FileSystem.status(place), !status.isDirectory else { return nil }
    return isAbsolute ? "/" + path : path
  }
}

extension GlobSegment {
  /// Whether it needs a folder to be listed.
  fileprivate var isWild: Bool {
    if case .name = self { false } else { true }
  }
}
