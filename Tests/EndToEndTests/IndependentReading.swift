import Foundation
import TestSupport
import Testing

/// Source records read again without Cuvee: Foundation's JSON, and string operations of this file.
struct IndependentReading {
  private let base: String
  private var contents: [String: Data] = [:]
  private var lines: [String: [Range<Int>]] = [:]
  private var objects: [String: [String: Any]] = [:]

  /// Creates a reading of files whose relative paths mean a folder.
  init(base: String) { self.base = base }

  /// The text of a record as the mixtures of this repository have it.
  ///
  /// - Parameters:
  ///   - file: The path as `trace --json` has it.
  ///   - record: The record's ordinal.
  ///   - byteOffset: Where the record must begin.
  /// - Returns: The text.
  /// - Throws: Where the file or the record cannot be read.
  mutating func text(file: String, record: Int, byteOffset: Int) throws -> String {
    let content = try content(file)
    if file.hasSuffix(".txt") {
      #expect(record == 0 && byteOffset == 0)
      return String(decoding: content, as: UTF8.self)
    }
    if file.hasSuffix(".json") {
      if objects[file] == nil {
        objects[file] = try parse(content) as? [String: Any]
      }
      return try instance(record, of: try #require(objects[file]))
    }
    if lines[file] == nil { lines[file] = Self.lines(of: content) }
    let range = try #require(lines[file])[record]
    #expect(range.lowerBound == byteOffset, "\(file): record \(record)")
    let line = content.subdata(in: range)
    if file.hasSuffix(".tsv") { return try rationale(String(decoding: line, as: UTF8.self)) }
    let object = try #require(try parse(line) as? [String: Any])
    if let prompt = object["prompt"] as? String {
      return prompt + (try #require(object["completion"] as? String))
    }
    return try #require(object["text"] as? String)
  }

  /// Python writes NaN where there is no number, which is not JSON.
  private func parse(_ json: Data) throws -> Any {
    if let object = try? JSONSerialization.jsonObject(with: json) { return object }
    let mended = String(decoding: json, as: UTF8.self)
      .replacing(#/([\[:,]\s*)NaN/#) { "\($0.output.1)null" }
    return try JSONSerialization.jsonObject(with: Data(mended.utf8))
  }

  /// A line of FLAN's chain of thought.
  private func rationale(_ line: String) throws -> String {
    let fields = line.components(separatedBy: "\t").map { $0.replacing("\\n", with: "\n") }
    try #require(fields.count == 3)
    return "\(fields[0])\n\(fields[2])\nThe answer is \(fields[1])"
  }

  /// An instance of a task of Natural Instructions.
  private func instance(_ index: Int, of task: [String: Any]) throws -> String {
    let definitions = task["Definition"] as? [String] ?? [task["Definition"] as? String ?? "?"]
    let definition = definitions.joined(separator: "\n")
    let instances = try #require(task["Instances"] as? [[String: Any]])
    let input = try #require(instances[index]["input"] as? String)
    let outputs = instances[index]["output"]
    let output = try #require((outputs as? [String])?.first ?? outputs as? String)
    return "\(definition)\n\nInput: \(input)\nOutput: \(output)"
  }

  private mutating func content(_ file: String) throws -> Data {
    if let content = contents[file] { return content }
    let path = "\(base)/\(file)"
    let content =
      if file.hasSuffix(".gz") {
        try Packer.unpack(path, with: "gzip")
      } else if file.hasSuffix(".zst") {
        try Packer.unpack(path, with: "zstd")
      } else {
        try Data(contentsOf: URL(fileURLWithPath: path))
      }
    contents[file] = content
    return content
  }

  private static func lines(of content: Data) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < content.count {
      let end = content[start...].firstIndex(of: 0x0A) ?? content.count
      lines.append(start..<end)
      start = end + 1
    }
    return lines
  }
}

/// The bytes of tokens, from a vocabulary's file read without Cuvee.
struct IndependentVocabulary {
  private var bytes: [Int: Data] = [:]

  /// Reads a `tokenizer.json` with a byte-level vocabulary, or a `*.tiktoken` file.
  init(_ path: String, endOfText: Int) throws {
    if path.hasSuffix(".tiktoken") {
      for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
        let fields = line.split(separator: " ")
        bytes[try #require(Int(fields[1]))] = Data(base64Encoded: String(fields[0]))
      }
    } else {
      let letters = Self.byteOfLetter
      for (token, id) in try JSONValue(file: path)["model"]["vocab"].object {
        bytes[try #require(id.integer)] = Data(token.unicodeScalars.compactMap { letters[$0] })
      }
    }
    bytes[endOfText] = Data()
  }

  /// The text of tokens; the end of a document is nothing.
  func text(of tokens: some Sequence<Int>) throws -> Data {
    try tokens.reduce(into: Data()) { $0 += try #require(bytes[$1]) }
  }

  /// GPT-2's letters for bytes: printable ones are themselves, the others follow from U+0100 on.
  private static let byteOfLetter: [Unicode.Scalar: UInt8] = {
    var letters: [Unicode.Scalar: UInt8] = [:]
    var next: UInt32 = 0x100
    for byte in UInt8.min...UInt8.max {
      let isPrintable = (33...126).contains(byte) || (161...172).contains(byte) || byte >= 174
      if isPrintable {
        letters[Unicode.Scalar(byte)] = byte
      } else {
        if let letter = Unicode.Scalar(next) { letters[letter] = byte }
        next += 1
      }
    }
    return letters
  }()
}

/// An array of NumPy's format 1.0 as `cuvee tokenize` writes it.
enum NumPyFile {
  /// The integers of a file; `width` bytes each, little-endian.
  static func integers(_ path: String, width: Int) throws -> [Int] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    try #require(data.prefix(6) == Data([0x93] + "NUMPY".utf8))
    let header = Int(data[8]) + Int(data[9]) << 8 + 10
    let description = String(decoding: data[10..<header], as: UTF8.self)
    try #require(description.contains(width == 4 ? "'<u4'" : "'<i8'"), "\(description)")
    return stride(from: header, to: data.count, by: width).map { start in
      (0..<width).reduce(0) { $0 | Int(data[start + $1]) << (8 * $1) }
    }
  }
}
