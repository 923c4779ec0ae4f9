import Bytes

/// A walk through folders after the segments of one pattern.
struct GlobWalk {
  private let base: String
  /// The folders that `**` is walking, outermost first: a link back into one of them is not followed.
  private var chain: [(device: UInt64, inode: UInt64)] = []

  /// What was found, in no order.
  private(set) var found: [String] = []
  /// The folders that could not be listed, and names that are not UTF-8: what they hide may be
  /// wanted.
  private(set) var problems: [CuveeError] = []

  /// Starts a walk below a folder; empty for absolute patterns.
  init(base: String) { self.base = base }

  /// Adds a path without metacharacters where it exists.
  mutating func look(_ folder: String, _ segments: [GlobSegment]) throws(CuveeError) {
    var path = folder
    for case .name(let name) in segments { path = join(path, name) }
    guard try FileSystem.status(location(path)) != nil else { return }
    found.append(path.isEmpty ? "." : path)
  }

  /// Adds the files below a folder that fit the segments.
  mutating func visit(
    _ folder: String, _ segments: ArraySlice<GlobSegment>
  ) throws(CuveeError) {
    guard let first = segments.first else { return }
    let rest = segments.dropFirst()
    if case .name(let name) = first {
      let path = join(folder, name)
      if !rest.isEmpty {
        try visit(path, rest)
      } else if let status = try? FileSystem.status(location(path)), !status.isDirectory {
        found.append(path)
      }
      return
    }
    let place = location(folder)
    guard let status = try? FileSystem.status(place), status.isDirectory else { return }
    guard first == .folders else { return try list(folder, first, rest) }
    if chain.contains(where: { $0 == (status.device, status.inode) }) { return }
    chain.append((status.device, status.inode))
    defer { chain.removeLast() }
    // `**` may stand for no folder at all.
    if !rest.isEmpty { try visit(folder, rest) }
    try list(folder, first, rest)
  }

  /// Goes through a folder for a segment with metacharacters.
  private mutating func list(
    _ folder: String, _ segment: GlobSegment, _ rest: ArraySlice<GlobSegment>
  ) throws(CuveeError) {
    let place = location(folder)
    let entries: [DirectoryEntry]
    do {
      entries = try DirectoryEntry.all(in: Array(place.utf8))
    } catch {
      problems.append(error)
      return
    }
    for entry in entries where segment.matches(entry.bytes) {
      let path: String
      do {
        path = join(folder, try entry.name(in: place))
      } catch {
        problems.append(error)
        continue
      }
      if isDirectory(entry, path) {
        let next = segment == .folders ? [.folders] + rest : rest
        if !next.isEmpty { try visit(path, next) }
      } else if rest.isEmpty {
        found.append(path)
      }
    }
  }

  /// Whether an entry is a folder. A link that leads nowhere, or in a circle, is none: it is missed
  /// when it is opened, where a pattern names it.
  private func isDirectory(_ entry: DirectoryEntry, _ path: String) -> Bool {
    switch entry.kind {
    case .directory: return true
    case .file: return false
    case .unknown:
      guard let status = try? FileSystem.status(location(path)) else { return false }
      return status.isDirectory
    }
  }

  private func location(_ path: String) -> String {
    base.isEmpty ? (path.isEmpty ? "." : path) : path.isEmpty ? base : join(base, path)
  }

  private func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
  }
}
