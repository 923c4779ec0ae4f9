import Documents

extension JSONRecord {
  /// The value of a field of the record.
  ///
  /// - Throws: `missingField`, or what is wrong with an object on the way.
  func find(_ path: FieldPath) throws(RecordProblem) -> Node {
    var node = Node.root
    for (depth, key) in path.keys.enumerated() {
      if let next = member(node, key) {
        node = next
        continue
      }
      let outer = path.keys[..<depth].map { String(decoding: $0, as: UTF8.self) }
        .joined(separator: ".")
      switch kind(node) {
      case .object: throw RecordProblem(.missingField, "the field \"\(path.name)\" is missing")
      case .null: throw RecordProblem(.nullField, "the field \"\(outer)\" is null")
      case let other:
        throw RecordProblem(
          .wrongType, "the field \"\(outer)\" is \(other.phrase), an object is wanted")
      }
    }
    return node
  }

  /// The value of a member that must be there.
  func required(_ node: Node, _ key: [UInt8], _ name: String) throws(RecordProblem) -> Node {
    guard let member = member(node, key) else {
      throw RecordProblem(.missingField, "the field \"\(name)\" is missing")
    }
    return member
  }

  /// Appends a string to the document that is being built; false where the value is no string.
  func append(_ node: Node, to documents: inout DocumentBatch, _ target: TemplateTarget) -> Bool {
    withString(node) { documents.append($0, to: target) } != nil
  }

  /// The problem of a value that should be a string.
  func notText(_ node: Node, _ name: String) -> RecordProblem {
    let kind = kind(node)
    if kind == .null { return RecordProblem(.nullField, "the field \"\(name)\" is null") }
    return RecordProblem(
      .wrongType, "the field \"\(name)\" is \(kind.phrase), a string is wanted")
  }
}

extension JSONRecord.Kind {
  /// The kind in words.
  var phrase: String {
    switch self {
    case .null: "null"
    case .boolean: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
