import ArgumentParser
import Bytes
import Foundation
import Pipeline
import Shards
import Tokenizers

/// `cuvee cat OUT --rows A..B`.
struct CatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cat",
    abstract: "Prints rows as JSON, one object a line.",
    discussion: """
      EXAMPLES:
        cuvee cat out --rows 0..2
        cuvee cat out --rows 0..1 --text --data /data
      """)

  @OptionGroup var arguments: OutputArguments
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The first row and the row after the last, as in 0..10. Default: all rows.",
      valueName: "first..end"))
  var rows: String?
  @Flag(name: .long, help: "Add the text of the tokens.") var text = false
  @Flag(name: .long, help: "Accepted for consistency: rows are always JSON.") var json = false

  func validate() throws {
    if let rows, Self.numbers(rows) == nil {
      throw ValidationError("--rows \(rows): write it as in 0..10")
    }
  }

  func run() throws {
    let output = try OutputReader(arguments.output)
    let tokenizer = text ? try arguments.tokenizer(of: output.manifest) : nil
    var bytes: [UInt8] = []
    for row in try range(of: output.manifest) {
      let row = try output.row(row)
      let source = output.manifest.sources[row.source].name
      bytes += Array("{\"row\":\(row.row),\"source\":".utf8)
      JSONText.appendString(source, to: &bytes)
      bytes += Array(",\"source_index\":\(row.source),\"tokens\":[".utf8)
      bytes += Array(row.tokens.map(String.init).joined(separator: ",").utf8)
      bytes += Array("]".utf8)
      if let tokenizer {
        var decoded: [UInt8] = []
        tokenizer.tokenizer.decode(row.tokens.span, into: &decoded)
        bytes += Array(",\"text\":".utf8)
        // Rows cut documents anywhere, so also inside a character.
        JSONText.appendString(String(decoding: decoded, as: UTF8.self), to: &bytes)
      }
      bytes += Array("}\n".utf8)
      if bytes.count >= 1 << 16 {
        Terminal.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    Terminal.write(bytes)
  }

  private func range(of manifest: Manifest) throws(CuveeError) -> Range<UInt64> {
    guard let rows, let range = Self.numbers(rows) else { return 0..<manifest.rows }
    guard range.upperBound <= manifest.rows else {
      throw .badData("--rows \(rows): the output has \(manifest.rows) rows, numbered from 0")
    }
    return range
  }

  private static func numbers(_ text: String) -> Range<UInt64>? {
    let parts = text.components(separatedBy: "..")
    guard parts.count == 2, let first = UInt64(parts[0]), let end = UInt64(parts[1]), first <= end
    else { return nil }
    return first..<end
  }
}
