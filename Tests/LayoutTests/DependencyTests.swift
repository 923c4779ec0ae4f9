import Foundation
import Testing

/// The arrows between targets point one way, in the sources as in the manifest.
@Suite struct DependencyTests {
  /// The library targets in the order of the data's way, with what each may import. Products of
  /// packages and C libraries are named by their modules.
  static let libraries: [(name: String, dependencies: Set<String>)] = [
    ("Bytes", ["CByteKernels", "CXXHash", "CCrypto"]),
    ("Declarations", ["Bytes"]),
    ("Documents", ["Bytes"]),
    ("Streams", ["Bytes", "CZstd", "CDeflate", "CZlib"]),
    ("Readers", ["Bytes", "Declarations", "Documents", "Streams", "CSimdJSON"]),
    ("Filters", ["Bytes", "Declarations", "Documents", "CTextKernels"]),
    ("Deduplication", ["Bytes", "Declarations", "Documents", "Streams"]),
    ("Tokenizers", ["Bytes", "Declarations", "CByteKernels", "CPCRE2"]),
    ("Mixing", ["Bytes", "Declarations"]),
    ("Shards", ["Bytes", "Declarations", "Streams"]),
    ("MixtureFiles", ["Bytes", "Declarations", "Streams", "Yams"]),
    (
      "Pipeline",
      [
        "Bytes", "Declarations", "Documents", "Streams", "Readers", "Filters", "Deduplication",
        "Tokenizers", "Mixing", "Shards", "MixtureFiles",
      ]
    ),
  ]

  /// What the command may import.
  static let command: Set = [
    "Bytes", "Declarations", "Streams", "Tokenizers", "Shards", "MixtureFiles", "Pipeline",
    "ArgumentParser",
  ]

  /// Modules that come with Swift. `Documents` and `Mixing` do without: they do no I/O.
  static let system: Set = ["Foundation", "Glibc", "Synchronization"]
  static let withoutSystem: Set = [
    "Bytes", "Declarations", "Documents", "Filters", "Mixing", "Deduplication",
  ]

  /// Targets of which none may see another.
  static let stages: Set = [
    "Readers", "Filters", "Deduplication", "Tokenizers", "Mixing", "Shards", "MixtureFiles",
  ]

  /// The table of `Package.swift`, read from its text.
  private func manifestTable() throws -> [(name: String, dependencies: Set<String>)] {
    let text = try Repository.text("Package.swift")
    let start = try #require(text.range(of: "let libraries:"))
    let table = text[start.upperBound...]
    let end = try #require(table.range(of: "\n]\n"))
    // An entry: a name in quotation marks, a comma, a list in brackets.
    let entry = try Regex(#"\(\s*"(\w+)",\s*\[([^\]]*)\]"#)
    return table[..<end.lowerBound].matches(of: entry).map { match in
      let name = match.output[1].substring.map(String.init) ?? ""
      let list = match.output[2].substring ?? ""
      // A product stands for the module of the same name.
      let product = #/\.product\(name: "(\w+)"[^)]*\)/#
      let names = list.replacing(product) { "\"\($0.output.1)\"" }
        .matches(of: #/"(\w+)"/#).map { String($0.output.1) }
      return (name, Set(names))
    }
  }

  @Test func theManifestSaysTheSame() throws {
    let table = try manifestTable()
    #expect(table.map(\.name) == Self.libraries.map(\.name))
    for (found, wanted) in zip(table, Self.libraries) {
      #expect(found.dependencies == wanted.dependencies, "\(wanted.name)")
    }
  }

  @Test func dependenciesPointUpTheList() {
    var above: Set<String> = []
    let names = Set(Self.libraries.map(\.name))
    for (name, dependencies) in Self.libraries {
      #expect(dependencies.intersection(names).isSubset(of: above), "\(name)")
      if Self.stages.contains(name) {
        #expect(dependencies.isDisjoint(with: Self.stages), "\(name)")
      }
      above.insert(name)
    }
  }

  @Test func importsKeepToTheTable() throws {
    for (name, dependencies) in Self.libraries + [("cuvee", Self.command)] {
      let allowed = Self.withoutSystem.contains(name) ? [] : Self.system
      let files = try Repository.swiftFiles(below: "Sources/\(name)")
      #expect(!files.isEmpty, "\(name)")
      for file in files {
        let foreign = Set(file.imports).subtracting(dependencies).subtracting(allowed)
        #expect(foreign.isEmpty, "\(file.path) imports \(foreign.sorted())")
      }
    }
  }

  @Test func everyFolderOfSourcesIsATarget() throws {
    let folders = Set(try Repository.files(below: "Sources").map { $0.split(separator: "/")[1] })
    let swift = Set(Self.libraries.map(\.name) + ["cuvee"])
    let c: Set = [
      "CByteKernels", "CTextKernels", "CZstd", "CDeflate", "CZlib", "CXXHash", "CCrypto",
      "CSimdJSON", "CPCRE2",
    ]
    #expect(Set(folders.map(String.init)) == swift.union(c))
  }

  @Test func everyTargetHasTests() throws {
    for (name, _) in Self.libraries {
      let files = try Repository.swiftFiles(below: "Tests/\(name)Tests")
      #expect(files.contains { !$0.matches(#/@Test\b/#).isEmpty }, "\(name)")
    }
  }

  @Test func configurationIsDecodedInOnePlace() throws {
    for file in try Repository.swiftFiles(below: "Sources") where file.imports.contains("Yams") {
      #expect(file.target == "MixtureFiles", "\(file.path)")
    }
  }

  @Test func theManifestHasNoUnsafeFlags() throws {
    #expect(!(try Repository.text("Package.swift").contains("unsafeFlags")))
  }
}
