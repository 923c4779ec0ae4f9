import Foundation

/// Looks for vocabulary files by name.
enum VocabularySearch {
  /// Deeper folders below `tokenizers` are not looked into.
  private static let greatestDepth = 12

  /// The files of the given names in each folder and below its `tokenizers`, in a fixed order.
  static func paths(named names: [String], in folders: [String]) -> [String] {
    var found: [String] = []
    for folder in folders {
      for name in names {
        let path = folder + "/" + name
        if FileKind.of(path) == .file { found.append(path) }
      }
      collect(names, below: folder + "/tokenizers", depth: 0, into: &found)
    }
    return found
  }

  private static func collect(
    _ names: [String], below folder: String, depth: Int, into found: inout [String]
  ) {
    guard depth <= greatestDepth,
      let entries = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return }
    for entry in entries.sorted() {
      let path = folder + "/" + entry
      if names.contains(entry), FileKind.of(path) == .file {
        found.append(path)
      } else {
        collect(names, below: path, depth: depth + 1, into: &found)
      }
    }
  }
}
