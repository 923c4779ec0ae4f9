import Bytes

/// A template such as `{prompt}{completion}`, read once and filled for each record.
///
/// `{name}` stands for a field, `{meta.name}` for a field of the object in a field; `{{` and `}}`
/// are braces. A field whose own name holds a dot or a brace cannot be named.
struct TextTemplate: Sendable, Equatable {
  /// A run of the template: bytes as they are, or a field.
  enum Piece: Sendable, Equatable {
    case literal([UInt8])
    case field(FieldPath)
  }

  /// The runs in order.
  let pieces: [Piece]

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - template: The template.
  ///   - key: The key it is the value of, for messages.
  ///   - fields: The fields there are; nil where records may have any.
  /// - Throws: `badData` without a place.
  init(_ template: String, key: String, fields: [String]? = nil) throws(CuveeError) {
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    let bytes = Array(template.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isDoubled = index + 1 < bytes.count && bytes[index + 1] == byte
      if (byte == 0x7B || byte == 0x7D) && isDoubled {
        literal.append(byte)
        index += 2
      } else if byte == 0x7B {
        guard let end = bytes[index...].firstIndex(of: 0x7D) else {
          throw .badData("\(key): the brace at byte \(index + 1) is not closed; {{ is a brace")
        }
        let name = String(decoding: bytes[index + 1..<end], as: UTF8.self)
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = []
        pieces.append(.field(try FieldPath(name, key: key, fields: fields)))
        index = end + 1
      } else if byte == 0x7D {
        throw .badData("\(key): the brace at byte \(index + 1) closes nothing; }} is a brace")
      } else {
        literal.append(byte)
        index += 1
      }
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    self.pieces = pieces
    if self.fields.isEmpty {
      throw .badData("\(key): the template \"\(template)\" names no field, as {text} does")
    }
  }

  /// The fields of the template, in order.
  var fields: [FieldPath] {
    pieces.compactMap { piece in
      if case .field(let path) = piece { path } else { nil }
    }
  }
}

/// A field of a record, or of an object inside it.
struct FieldPath: Sendable, Equatable {
  /// The name as written, with dots.
  let name: String
  /// The UTF-8 of the keys to follow, outermost first.
  let keys: [[UInt8]]

  /// Reads a name from a template.
  init(_ name: String, key: String, fields: [String]?) throws(CuveeError) {
    self.name = name
    keys = name.utf8.split(separator: 0x2E, omittingEmptySubsequences: false).map(Array.init)
    if keys.contains(where: { $0.isEmpty || $0.contains(0x7B) }) {
      throw .badData("\(key): {\(name)} is not the name of a field; write {name} or {outer.inner}")
    }
    if let fields, !fields.contains(name) {
      let known = fields.map { "{\($0)}" }.joined(separator: ", ")
      throw .badData("\(key): there is no field {\(name)}; this format has \(known)")
    }
  }
}

extension TextTemplate {
  /// A run of the template of a format whose fields are known: bytes, or a field's number.
  enum Slot: Sendable, Equatable {
    case literal([UInt8])
    case field(Int)
  }

  /// The runs in order, fields as their index in the list that the template was read with.
  func slots(_ fields: [String]) -> [Slot] {
    pieces.map { piece in
      switch piece {
      case .literal(let bytes): .literal(bytes)
      case .field(let path): .field(fields.firstIndex(of: path.name) ?? 0)
      }
    }
  }
}
