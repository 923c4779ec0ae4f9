import Bytes
import Declarations
import Documents

/// JSON Lines: one object a line, one document an object.
///
/// `text` is a template of fields whose values are strings (`{text}` where none is given):
/// `"{prompt}{completion}"`, `{meta.name}` for nested objects, `{{` and `}}` for braces. A field
/// that is missing, null or no string makes the record a bad one.
///
/// `id` is a template too (`{id}` where none is given). Numbers and truth values are written as
/// JSON; what is missing, null, an array or an object adds nothing, and the id may be empty. `url`
/// and `timestamp` are filled in the same way where a step asks for them.
///
/// Where a key occurs twice the last value counts. The whole line must be valid JSON, also in
/// fields that nothing asks for: half a surrogate pair or a number beyond 64 bits is bad. Only
/// `NaN`, `Infinity` and `-Infinity`, which Python writes for numbers that are none, are read as
/// null.
struct JSONLFormat: RecordFormat {
  static let name = "jsonl"
  static let summary = "JSON Lines: one object a line, one document an object"
  static let acceptsText = true
  static let acceptsURL = true

  let text: TextTemplate
  let id: TextTemplate
  let url: TextTemplate?
  let timestamp: TextTemplate?

  init(settings: ReaderSettings) throws(CuveeError) {
    try settings.check(for: JSONLFormat.self)
    text = try TextTemplate(settings.text ?? "{text}", key: "text")
    id = try TextTemplate(settings.id ?? "{id}", key: "id")
    url = try settings.url.map { template throws(CuveeError) in
      try TextTemplate(template, key: "url")
    }
    timestamp = try settings.timestamp.map { template throws(CuveeError) in
      try TextTemplate(template, key: "timestamp")
    }
  }

  var framing: Framing { .lines }

  // Each field is in the record once, with its quotation marks, colon and comma about it: room for
  // four bytes of the template.
  var textFitsRecord: Bool {
    let fields = text.fields
    let literalBytes = text.pieces.reduce(0) { count, piece in
      if case .literal(let bytes) = piece { count + bytes.count } else { count }
    }
    return Set(fields.map(\.name)).count == fields.count && literalBytes <= 4 * fields.count
  }

  func missingField(in record: Span<UInt8>) -> MissingField? {
    JSONRecord().missing(text.fields, in: record)
  }

  func makeParser() -> any RecordParser { JSONLParser(format: self) }
}

private final class JSONLParser: RecordParser {
  private let json = JSONRecord()
  private let text: [TextTemplate.Piece]
  /// What is filled in beside the text.
  private let others: [(template: [TextTemplate.Piece], target: TemplateTarget)]

  init(format: JSONLFormat) {
    text = format.text.pieces
    var others = [(format.id.pieces, TemplateTarget.id)]
    if let url = format.url { others.append((url.pieces, .url)) }
    if let timestamp = format.timestamp { others.append((timestamp.pieces, .timestamp)) }
    self.others = others
  }

  func parse(_ records: inout RecordBatch, into documents: inout DocumentBatch) {
    let list = records.records
    for (index, record) in list.enumerated() {
      do throws(RecordProblem) {
        if record.tooLarge { throw .tooLarge(records) }
        try json.parse(records.bytes.span, record.range)
        // The parser has copied the strings of the last record.
        if index == list.count - 1 { records.giveBackHugeBytes() }
        try read(into: &documents)
        documents.endDocument(origin: record.origin)
      } catch {
        documents.reject(record.origin, error)
      }
    }
    json.giveBackHugeMemory()
  }

  /// Reads the record that was parsed.
  private func read(into documents: inout DocumentBatch) throws(RecordProblem) {
    guard json.kind(.root) == .object else {
      throw RecordProblem(.notAnObject, "an object is wanted, this is \(json.kind(.root).phrase)")
    }
    for piece in text {
      switch piece {
      case .literal(let bytes): documents.appendText(bytes.span)
      case .field(let path):
        let node = try json.find(path)
        if json.append(node, to: &documents, .text) { continue }
        throw json.notText(node, path.name)
      }
    }
    if documents.openTextCount == 0 { throw .emptyText }
    for index in others.indices { fill(index, &documents) }
  }

  /// Fills a template in which fields may be missing.
  private func fill(_ index: Int, _ documents: inout DocumentBatch) {
    let target = others[index].target
    for piece in others[index].template {
      switch piece {
      case .literal(let bytes): documents.append(bytes.span, to: target)
      case .field(let path):
        guard let node = try? json.find(path) else { continue }
        if json.append(node, to: &documents, target) { continue }
        if let scalar = json.scalarText(node) { documents.append(scalar.span, to: target) }
      }
    }
  }
}
