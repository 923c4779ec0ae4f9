import Foundation

/// The repository's own files, found from where this file was compiled.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Folders that hold nothing of the repository's own.
  private static let skipped: Set = [
    ".git", "demo-output", "Package.resolved", "__pycache__", "node_modules",
  ]

  /// The paths of all files below a folder, relative to the root, in their order.
  static func files(below folder: String = "") throws -> [String] {
    var files: [String] = []
    let path = folder.isEmpty ? root : "\(root)/\(folder)"
    for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
      // `.build`, `.build-debug`, `.venv`: what is ignored by its name.
      if skipped.contains(name) || name.hasPrefix(".build") || name.hasPrefix(".venv") { continue }
      let below = folder.isEmpty ? name : "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      _ = unsafe FileManager.default.fileExists(atPath: "\(root)/\(below)", isDirectory: &isFolder)
      files += isFolder.boolValue ? try Self.files(below: below) : [below]
    }
    return files
  }

  /// The Swift files of a folder of `Sources` or `Tests`.
  static func swiftFiles(below folder: String) throws -> [SwiftSource] {
    try all.get().filter { $0.path.hasPrefix(folder + "/") }
  }

  /// All Swift files of `Sources` and `Tests`, read once.
  private static let all = Result {
    try (files(below: "Sources") + files(below: "Tests")).filter { $0.hasSuffix(".swift") }
      .map { try SwiftSource($0) }
  }

  /// The text of a file.
  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }
}

/// A Swift file.
struct SwiftSource: Sendable {
  /// The path from the root.
  let path: String
  /// The lines as they are.
  let lines: [Substring]
  /// The lines without comments and without what is inside string literals.
  let code: [String]

  init(_ path: String) throws {
    self.path = path
    let text = try Repository.text(path)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var isInLongLiteral = false
    code = lines.map { Self.code(of: $0, &isInLongLiteral) }
  }

  /// The path below `Sources/` or `Tests/`.
  var shortPath: String { path.split(separator: "/").dropFirst().joined(separator: "/") }

  /// The target: the folder in `Sources` or `Tests`.
  var target: String { String(path.split(separator: "/")[1]) }

  /// The modules that the file imports.
  var imports: [String] {
    code.compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
        words[..<place].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" })
      else { return nil }
      return String(words[place + 1])
    }
  }

  /// The lines, as `path:line: text`, whose code matches a pattern.
  func matches(_ pattern: some RegexComponent) -> [String] {
    code.indices.filter { code[$0].contains(pattern) }.map {
      "\(path):\($0 + 1): \(lines[$0].trimmingCharacters(in: .whitespaces))"
    }
  }

  private static func code(of line: Substring, _ isInLongLiteral: inout Bool) -> String {
    if line.contains("\"\"\"") {
      isInLongLiteral.toggle()
      return ""
    }
    if isInLongLiteral { return "" }
    // Bytes, because there are many lines, and all that counts here is ASCII.
    var code: [UInt8] = []
    var isInLiteral = false
    var previous = UInt8(ascii: " ")
    for byte in line.utf8 {
      if isInLiteral {
        if byte == UInt8(ascii: "\"") && previous != UInt8(ascii: "\\") {
          isInLiteral = false
          code.append(byte)
        }
        let isEscaped = previous == UInt8(ascii: "\\") && byte == previous
        previous = isEscaped ? UInt8(ascii: " ") : byte
        continue
      }
      if byte == UInt8(ascii: "/") && previous == byte { return string(code.dropLast()) }
      if byte == UInt8(ascii: "\"") { isInLiteral = true }
      code.append(byte)
      previous = byte
    }
    return string(code[...])
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
