import Bytes
import Declarations
import Documents

/// The chain-of-thought sets of FLAN: lines of question, answer and rationale, divided by tabs.
///
/// There is no header and no quoting; a newline inside a field is written as the two characters
/// `\n`. `text` is a template of `{question}`, `{answer}` and `{rationale}`; where none is given
/// it is `"{question}\n{rationale}\nThe answer is {answer}"`. Without an `id` template the id is
/// empty. A line with another number of fields than three is a bad record.
struct FlanCoTFormat: RecordFormat {
  static let name = "flan-cot"
  static let summary = "lines of question, answer and rationale, divided by tabs"
  static let acceptsText = true

  static let fields = ["question", "answer", "rationale"]
  static let defaultText = "{question}\n{rationale}\nThe answer is {answer}"

  let text: [TextTemplate.Slot]
  let id: [TextTemplate.Slot]

  init(settings: ReaderSettings) throws(CuveeError) {
    try settings.check(for: FlanCoTFormat.self)
    let fields = FlanCoTFormat.fields
    text = try TextTemplate(
      settings.text ?? FlanCoTFormat.defaultText, key: "text", fields: fields
    ).slots(fields)
    if let template = settings.id {
      id = try TextTemplate(template, key: "id", fields: fields).slots(fields)
    } else {
      id = []
    }
  }

  var framing: Framing { .lines }

  func makeParser() -> any RecordParser { FlanCoTParser(format: self) }
}

private final class FlanCoTParser: RecordParser {
  private let text: [TextTemplate.Slot]
  private let id: [TextTemplate.Slot]
  private var fieldEnds: [Int] = []
  private static let newline: [UInt8] = [0x0A]

  init(format: FlanCoTFormat) {
    text = format.text
    id = format.id
  }

  func parse(_ records: inout RecordBatch, into documents: inout DocumentBatch) {
    for record in records.records {
      do throws(RecordProblem) {
        if record.tooLarge { throw .tooLarge(records) }
        try read(records.bytes.span.extracting(record.range), into: &documents)
        documents.endDocument(origin: record.origin)
      } catch {
        documents.reject(record.origin, error)
      }
    }
  }

  private func read(_ line: Span<UInt8>, into documents: inout DocumentBatch)
    throws(RecordProblem)
  {
    try UTF8Check.require(line)
    findFieldEnds(line)
    guard fieldEnds.count == FlanCoTFormat.fields.count else {
      throw RecordProblem(
        .wrongFieldCount, "3 fields divided by tabs are wanted, not \(fieldEnds.count)")
    }
    fill(text, with: line, to: &documents, .text)
    fill(id, with: line, to: &documents, .id)
    if documents.openTextCount == 0 { throw .emptyText }
  }

  private func findFieldEnds(_ line: Span<UInt8>) {
    fieldEnds.removeAll(keepingCapacity: true)
    for index in line.indices where line[index] == 0x09 { fieldEnds.append(index) }
    fieldEnds.append(line.count)
  }

  private func fill(
    _ slots: [TextTemplate.Slot], with line: Span<UInt8>, to documents: inout DocumentBatch,
    _ target: TemplateTarget
  ) {
    for slot in slots {
      switch slot {
      case .literal(let bytes): documents.append(bytes.span, to: target)
      case .field(let index):
        let start = index == 0 ? 0 : fieldEnds[index - 1] + 1
        appendUnescaped(line.extracting(start..<fieldEnds[index]), to: &documents, target)
      }
    }
  }

  /// Appends a field with each `\n` of two characters as one newline, in runs.
  private func appendUnescaped(
    _ field: Span<UInt8>, to documents: inout DocumentBatch, _ target: TemplateTarget
  ) {
    var runStart = 0
    var index = 0
    while index + 1 < field.count {
      if field[index] == 0x5C && field[index + 1] == 0x6E {
        documents.append(field.extracting(runStart..<index), to: target)
        documents.append(FlanCoTParser.newline.span, to: target)
        index += 2
        runStart = index
      } else {
        index += 1
      }
    }
    documents.append(field.extracting(runStart..<field.count), to: target)
  }
}
