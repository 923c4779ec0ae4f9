import Foundation
import TestSupport
import Testing

/// A folder in which a test builds: `cache/` and `out/` lie in it, and what the test writes.
struct Workbench {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A path in the folder.
  func file(_ name: String) -> String { folder.file(name) }

  /// The command line of a build.
  func command(
    _ mixture: String, _ options: [String] = [], output: String = "out", cache: String = "cache",
    workers: Int = 2
  ) -> [String] {
    ["build", mixture, "--output", file(output), "--cache", file(cache)]
      + ["--workers", "\(workers)", "--quiet", "--json"] + options
  }

  /// Builds and takes what comes.
  func tryBuild(
    _ mixture: String, _ options: [String] = [], output: String = "out", cache: String = "cache"
  ) throws -> Cuvee.Outcome {
    try Cuvee.run(command(mixture, options, output: output, cache: cache))
  }

  /// Builds, and must succeed.
  func build(
    _ mixture: String, _ options: [String] = [], output: String = "out", cache: String = "cache",
    workers: Int = 2, environment: [String: String] = [:], directory: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Built {
    let outcome = try Cuvee.run(
      command(mixture, options, output: output, cache: cache, workers: workers),
      environment: environment, directory: directory)
    try #require(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    return Built(path: file(output), facts: try outcome.json())
  }

  /// The survey of a build: the stages with what is left to do.
  func plan(
    _ mixture: String, _ options: [String] = [], cache: String = "cache"
  ) throws -> Stages {
    let outcome = try Cuvee.run(
      ["plan", mixture, "--cache", file(cache), "--json"] + options)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return Stages(try outcome.json())
  }
}

/// What `build --json` and `plan --json` say of the stages.
struct Stages {
  let reports: [JSONValue]

  init(_ facts: JSONValue) { reports = facts["stages"].array }

  /// The parts of a stage; nil where it is not listed.
  func parts(_ stage: String) -> Int? { report(stage)["parts"].integer }

  /// The parts that were not there before: done in a build, to do in a plan.
  func done(_ stage: String) -> Int? { report(stage)["parts_done"].integer }

  /// The stages of which anything was done.
  var worked: [String: Int] {
    var worked: [String: Int] = [:]
    for report in reports {
      guard let name = report["stage"].string, let done = report["parts_done"].integer, done > 0
      else { continue }
      worked[name] = done
    }
    return worked
  }

  private func report(_ stage: String) -> JSONValue {
    reports.first { $0["stage"].string == stage } ?? .null
  }
}

/// A finished build.
struct Built {
  /// The output's folder.
  let path: String
  /// What `build --json` has printed.
  let facts: JSONValue

  var stages: Stages { Stages(facts) }
  var digest: String { facts["content_digest"].string ?? "" }
  var rows: Int { facts["rows"].integer ?? 0 }

  /// The output's manifest.
  func manifest() throws -> JSONValue { try JSONValue(file: path + "/manifest.json") }

  /// A source as the manifest has it.
  func source(_ name: String) throws -> JSONValue {
    try manifest()["sources"].array.first { $0["name"].string == name } ?? .null
  }

  /// All files.
  func tree() throws -> FileTree { try FileTree(path) }

  /// The rows as `cat` prints them.
  func cat(_ options: [String] = []) throws -> [JSONValue] {
    let outcome = try Cuvee.run(["cat", path] + options)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try outcome.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  /// A row's trace.
  func trace(_ row: Int) throws -> JSONValue {
    let outcome = try Cuvee.run(["trace", path, "--row", "\(row)", "--json"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try outcome.json()
  }

  /// Checks the output with `cuvee verify`.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let outcome = try Cuvee.run(["verify", path])
    #expect(
      outcome.status == 0, "\(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
  }
}

/// Expects two outputs to be the same files with the same bytes, and says which are not.
func expectSame(
  _ tree: FileTree, _ other: FileTree, _ comment: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let differences = tree.differences(from: other)
  #expect(
    differences.isEmpty, "\(comment): \(differences.joined(separator: ", "))",
    sourceLocation: sourceLocation)
}
