import Bytes
import Documents

/// Reads the lines that `StoredText` writes.
///
/// Lines given in several calls are numbered on, for messages.
public final class StoredTextParser {
  private enum Key {
    static let file = Array("file".utf8)
    static let record = Array("record".utf8)
    static let offset = Array("offset".utf8)
    static let id = Array("id".utf8)
    static let text = Array("text".utf8)
    static let url = Array("url".utf8)
    static let timestamp = Array("timestamp".utf8)
    static let edits = Array("edits".utf8)
  }

  private let json = JSONRecord()
  private var line = 0

  /// Creates a parser that has seen no line.
  public init() {}

  /// Appends the documents of whole lines, each ended by LF.
  ///
  /// - Throws: `badData` where a line is not one of ours; documents before it were appended.
  public func parse(
    _ lines: Span<UInt8>, into documents: inout DocumentBatch
  ) throws(CuveeError) {
    var start = 0
    while start < lines.count {
      line += 1
      guard let end = LineEnd.find(in: lines, from: start) else {
        throw .badData("stored text, line \(line): the line is cut off; remove it from the cache")
      }
      do throws(RecordProblem) {
        try read(lines, start..<end, into: &documents)
      } catch {
        documents.abandonDocument()
        throw .badData(
          "stored text, line \(line): \(error.detail); remove it from the cache")
      }
      start = end + 1
    }
  }

  private func read(
    _ lines: Span<UInt8>, _ range: Range<Int>, into documents: inout DocumentBatch
  ) throws(RecordProblem) {
    try json.parse(lines, range)
    guard let file = UInt32(exactly: try number(Key.file, "file")) else {
      throw RecordProblem(.wrongType, "the field \"file\" does not fit 32 bits")
    }
    let origin = Origin(
      file: file, record: try number(Key.record, "record"),
      byteOffset: try number(Key.offset, "offset"))
    for (key, name, target) in [(Key.id, "id", TemplateTarget.id), (Key.text, "text", .text)] {
      let node = try json.required(.root, key, name)
      if !json.append(node, to: &documents, target) { throw json.notText(node, name) }
    }
    for (key, target) in [(Key.url, TemplateTarget.url), (Key.timestamp, .timestamp)] {
      if let node = json.member(.root, key) { _ = json.append(node, to: &documents, target) }
    }
    if let edits = json.member(.root, Key.edits) { try read(edits, into: &documents) }
    documents.endDocument(origin: origin)
  }

  private func read(
    _ edits: JSONRecord.Node, into documents: inout DocumentBatch
  ) throws(RecordProblem) {
    var list: [(offset: Int, length: Int, replacement: [UInt8])] = []
    for node in json.elements(edits) ?? [] {
      guard let edit = json.elements(node), edit.count == 3,
        let offset = json.unsignedInteger(edit[0]).flatMap({ Int(exactly: $0) }),
        let length = json.unsignedInteger(edit[1]).flatMap({ Int(exactly: $0) }),
        let replacement = json.string(edit[2])
      else { throw RecordProblem(.wrongType, "the field \"edits\" holds something else") }
      list.append((Int(offset), Int(length), replacement))
    }
    documents.edits.append(of: documents.count, list)
  }

  private func number(_ key: [UInt8], _ name: String) throws(RecordProblem) -> UInt64 {
    let node = try json.required(.root, key, name)
    guard let number = json.unsignedInteger(node) else {
      throw RecordProblem(.wrongType, "the field \"\(name)\" is no whole number")
    }
    return number
  }
}
