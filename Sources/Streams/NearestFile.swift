import Bytes

/// Says of a path that leads nowhere where it ends, and which name was most likely meant.
public enum NearestFile {
  /// Endings of file names that a message lists.
  private static let endingsShown = 4

  /// The end of a message about a path or pattern that names no file.
  ///
  /// The path is followed to its first component that is not there. The names beside it that are
  /// there give the hint; a folder that cannot be listed gives none.
  ///
  /// - Parameters:
  ///   - path: The absolute path, or one relative to the working folder. It may hold patterns.
  ///   - displayPath: The same path as the message shows it: a suffix of `path` or equal to it.
  /// - Returns: A clause that begins with `; `, or nothing.
  public static func hint(for path: String, displayPath: String) -> String {
    let components = path.split(separator: "/").map(String.init)
    let shown = displayPath.split(separator: "/").map(String.init)
    var folder = path.hasPrefix("/") ? "/" : "."
    for (index, component) in components.enumerated() {
      let isLast = index == components.count - 1
      if isPattern(component) { return isLast ? endings(in: folder, component) : "" }
      let next = folder + "/" + component
      if (try? FileSystem.status(next)) != nil {
        folder = next
        continue
      }
      guard let names = try? FileSystem.list(folder) else { return "" }
      if let nearest = NearestName.find(component, among: names.filter { $0 != component }) {
        // The same place counted from the end: what is shown may be relative to some folder.
        let place = shown.count - (components.count - index)
        guard shown.indices.contains(place), shown[place] == component else {
          return "; did you mean \"\(nearest)\"?"
        }
        var meant = shown
        meant[place] = nearest
        let path = (displayPath.hasPrefix("/") ? "/" : "") + meant.joined(separator: "/")
        return "; did you mean \"\(path)\"?"
      }
      return isLast
        ? "" : "; there is no folder \"\(component)\" in \(folder == "." ? "." : clean(folder))"
    }
    return ""
  }

  /// Whether a component of a path holds a character that patterns give a meaning.
  private static func isPattern(_ component: String) -> Bool {
    component.contains { "*?[{".contains($0) }
  }

  /// What the files of a folder end in, for a pattern that none of them fits.
  private static func endings(in folder: String, _ pattern: String) -> String {
    guard let names = try? FileSystem.list(folder) else { return "" }
    var counts: [String: Int] = [:]
    for name in names where !name.hasPrefix(".") {
      guard let status = try? FileSystem.status(folder + "/" + name), !status.isDirectory else {
        continue
      }
      let parts = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
      counts[parts.isEmpty ? "no ending" : "." + parts.joined(separator: "."), default: 0] += 1
    }
    if counts.isEmpty { return "; the folder \(clean(folder)) has no files" }
    let sorted = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    let list = sorted.prefix(endingsShown).map { "\($0.key) (\($0.value))" }
    return "; the files of \(clean(folder)) end in \(list.joined(separator: ", "))"
      + (sorted.count > endingsShown ? " and others" : "")
  }

  /// The folder as a person would write it.
  private static func clean(_ folder: String) -> String {
    if folder.hasPrefix("//") { return String(folder.dropFirst()) }
    return folder.hasPrefix("./") ? String(folder.dropFirst(2)) : folder
  }
}
