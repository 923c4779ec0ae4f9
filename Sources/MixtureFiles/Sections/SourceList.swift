/// Lists of names of sources.
enum SourceList {
  /// The names of a list: each is a source, and is listed once; nil where there is no list.
  static func read(
    _ key: Key<[Marked<String>]>, _ entries: Entries, _ reading: inout Reading
  ) -> [String]? {
    guard let names = reading.value(key, in: entries) else { return nil }
    var seen: Set<String> = []
    for name in names where reading.sourceName(name.value, at: name.mark) != nil {
      if !seen.insert(name.value).inserted {
        reading.report(name.mark, "source \"\(name.value)\" is listed twice in \(key.name)")
      }
    }
    return names.map(\.value)
  }

  /// Reports where `priority` does not have the same names as an entry's sources.
  static func compare(
    _ sources: [String], _ priority: [String], _ mark: Mark, _ reading: inout Reading
  ) {
    let ranked = Set(priority)
    for name in sources where !ranked.contains(name) {
      reading.report(mark, "priority lacks source \"\(YAMLText.excerpt(name))\"")
    }
    let listed = Set(sources)
    for name in priority where !listed.contains(name) {
      let shown = YAMLText.excerpt(name)
      reading.report(mark, "priority has \"\(shown)\", which is not among the entry's sources")
    }
  }
}
