import Documents

/// Reads tasks of Natural Instructions, as `NaturalInstructionsFormat` says.
final class NaturalInstructionsParser: RecordParser {
  /// What all instances of a task share.
  private struct Task {
    var definition: [UInt8] = []
    var examples: [UInt8] = []
    var instances: [JSONRecord.Node] = []
  }

  private enum Key {
    static let definition = Array("Definition".utf8)
    static let positiveExamples = Array("Positive Examples".utf8)
    static let instances = Array("Instances".utf8)
    static let input = Array("input".utf8)
    static let output = Array("output".utf8)
    static let id = Array("id".utf8)
  }

  private let json = JSONRecord()
  /// What was said last of an instance that is none. A file may have a hundred million of them:
  /// they share the words.
  private var lastNotAnInstance: (kind: JSONRecord.Kind, problem: RecordProblem)?
  private let format: NaturalInstructionsFormat

  /// Creates a parser for a source's settings.
  init(format: NaturalInstructionsFormat) { self.format = format }

  func parse(_ records: inout RecordBatch, into documents: inout DocumentBatch) {
    for record in records.records {
      do throws(RecordProblem) {
        if record.tooLarge { throw .tooLarge(records) }
        try json.parse(records.bytes.span, record.range)
        let task = try readTask()
        for (index, instance) in task.instances.enumerated() {
          var origin = record.origin
          origin.record = UInt64(index)
          do throws(RecordProblem) {
            try read(instance, of: task, into: &documents)
            documents.endDocument(origin: origin)
          } catch {
            documents.reject(origin, error)
          }
        }
      } catch {
        documents.reject(record.origin, error)
      }
    }
  }

  private func readTask() throws(RecordProblem) -> Task {
    guard json.kind(.root) == .object else {
      throw RecordProblem(.notAnObject, "an object is wanted, this is \(json.kind(.root).phrase)")
    }
    var task = Task()
    let definition = try json.required(.root, Key.definition, "Definition")
    for (index, node) in (json.elements(definition) ?? [definition]).enumerated() {
      guard let part = json.string(node) else { throw json.notText(node, "Definition") }
      if index > 0 { task.definition.append(0x0A) }
      task.definition += part
    }
    if format.examples > 0 {
      let node = try json.required(.root, Key.positiveExamples, "Positive Examples")
      for example in try list(node, "Positive Examples").prefix(format.examples) {
        let input = try json.required(example, Key.input, "Positive Examples.input")
        guard let input = json.string(input) else {
          throw json.notText(input, "Positive Examples.input")
        }
        let output = try firstOutput(of: example, "Positive Examples.output")
        task.examples += Array("Input: ".utf8) + input + Array("\nOutput: ".utf8)
        task.examples += (json.string(output) ?? []) + [0x0A, 0x0A]
      }
    }
    let instances = try list(json.required(.root, Key.instances, "Instances"), "Instances")
    task.instances = Array(instances.prefix(format.maximumDocuments))
    return task
  }

  private func read(
    _ instance: JSONRecord.Node, of task: Task, into documents: inout DocumentBatch
  ) throws(RecordProblem) {
    let kind = json.kind(instance)
    guard kind == .object else { throw notAnInstance(kind) }
    try fill(format.text, with: instance, of: task, to: &documents, .text)
    if documents.openTextCount == 0 { throw .emptyText }
    try fill(format.id, with: instance, of: task, to: &documents, .id)
  }

  private func notAnInstance(_ kind: JSONRecord.Kind) -> RecordProblem {
    if let last = lastNotAnInstance, last.kind == kind { return last.problem }
    let problem = RecordProblem(
      .notAnObject, "an instance is \(kind.phrase), an object is wanted")
    lastNotAnInstance = (kind, problem)
    return problem
  }

  private func fill(
    _ slots: [TextTemplate.Slot], with instance: JSONRecord.Node, of task: Task,
    to documents: inout DocumentBatch, _ target: TemplateTarget
  ) throws(RecordProblem) {
    for slot in slots {
      switch slot {
      case .literal(let bytes): documents.append(bytes.span, to: target)
      case .field(0): documents.append(task.definition.span, to: target)
      case .field(1): documents.append(task.examples.span, to: target)
      case .field(2):
        let node = try json.required(instance, Key.input, "input")
        if !json.append(node, to: &documents, target) { throw json.notText(node, "input") }
      case .field(3):
        _ = json.append(try firstOutput(of: instance, "output"), to: &documents, target)
      case .field:
        guard let node = json.member(instance, Key.id) else { continue }
        if json.append(node, to: &documents, target) { continue }
        if let scalar = json.scalarText(node) { documents.append(scalar.span, to: target) }
      }
    }
  }

  /// The output, or the first of several; always a string.
  private func firstOutput(of node: JSONRecord.Node, _ name: String)
    throws(RecordProblem) -> JSONRecord.Node
  {
    var output = try json.required(node, Key.output, name)
    if let outputs = json.elements(output) {
      guard let first = outputs.first else {
        throw RecordProblem(.missingField, "the field \"\(name)\" is an empty list")
      }
      output = first
    }
    guard json.kind(output) == .string else { throw json.notText(output, name) }
    return output
  }

  private func list(_ node: JSONRecord.Node, _ name: String)
    throws(RecordProblem) -> [JSONRecord.Node]
  {
    if let elements = json.elements(node) { return elements }
    let kind = json.kind(node)
    throw RecordProblem(
      kind == .null ? .nullField : .wrongType,
      "the field \"\(name)\" is \(kind.phrase), a list is wanted")
  }
}
