import Declarations
import Yams

/// A file that a parameter names: its path, or a mapping that also states its digest.
enum FileSection {
  static let path = Key.required("path", ValueSyntax<String>.text("a path"), "the file")
  static let sha256 = Key.optional(
    "sha256", ValueSyntax.sha256, "the digest that the file must have", absent: "not checked")

  static let description = SectionDescription(
    name: "file", summary: "A file with the digest that it must have.",
    keys: [path.description, sha256.description])

  static let syntax = ValueSyntax<FileReference>(
    form: .either(.text("a path"), .section(description))
  ) { node, name, reading in
    guard case .mapping = node else {
      return path.syntax.read(node, name, &reading).map { FileReference(path: $0) }
    }
    guard let entries = reading.entries(of: node, description, as: name),
      let path = reading.value(path, in: entries)
    else { return nil }
    return FileReference(path: path, sha256: reading.value(sha256, in: entries))
  }
}
