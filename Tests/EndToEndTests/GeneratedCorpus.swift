import Foundation
import TestSupport

/// Text that is made up, the same in every run.
struct GeneratedCorpus {
  private var random: SeededGenerator
  private let words: [String]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    var random = SeededGenerator(seed: 99)
    let letters = Array("etaoinshrdlucmfwypvbgkäéßжи漢")
    words = (0..<2000).map { _ in
      String((0...random.below(9)).map { _ in letters[random.below(letters.count)] })
    }
  }

  /// A document of so many words.
  mutating func text(words count: Int) -> String {
    var text = ""
    for index in 0..<count {
      if index > 0 { text += random.below(12) == 0 ? ".\n" : " " }
      // Low words are more frequent, so that there are common pairs.
      text += words[min(random.below(words.count), random.below(words.count))]
    }
    return text
  }

  /// Lines of JSON up to a size; every so many documents one that was there before.
  mutating func jsonl(bytes: Int, duplicateEvery: Int = 20) -> Data {
    var data = Data()
    var texts: [String] = []
    while data.count < bytes {
      if texts.count > 1, random.below(duplicateEvery) == 0 {
        texts.append(texts[random.below(texts.count)])
      } else {
        texts.append(text(words: 5 + random.below(200)))
      }
      data += Data(jsonLine(["text": texts[texts.count - 1]]).utf8)
    }
    return data
  }
}

/// A line of JSON with sorted keys.
func jsonLine(_ fields: [String: String]) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  let data = (try? encoder.encode(fields)) ?? Data()
  return String(decoding: data, as: UTF8.self) + "\n"
}

/// Lines of JSON of texts.
func jsonLines(_ texts: [String]) -> String { texts.map { jsonLine(["text": $0]) }.joined() }

/// The reference programs that pack the inputs of tests.
enum Packer {
  /// Packs bytes with the program `gzip` or `zstd`.
  static func pack(_ data: Data, with program: String) throws -> Data {
    let folder = try TemporaryFolder("cuvee-pack")
    return try output(of: [program, "-c", try folder.write(data, as: "data")])
  }

  /// The content of a packed file.
  static func unpack(_ path: String, with program: String) throws -> Data {
    try output(of: [program, "-dcf", path])
  }

  /// The SHA-256 of a file, by coreutils.
  static func sha256(of path: String) throws -> String {
    String(decoding: try output(of: ["sha256sum", path]).prefix(64), as: UTF8.self)
  }

  /// What a program prints.
  private static func output(of command: [String]) throws -> Data {
    let folder = try TemporaryFolder("cuvee-output")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let printed = try folder.write(Data(), as: "printed")
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: printed))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Cuvee.Failure("\(command[0]) failed; is it installed?")
    }
    return try Data(contentsOf: URL(fileURLWithPath: printed))
  }
}
