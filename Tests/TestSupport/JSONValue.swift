import Foundation

/// JSON as it comes, for facts that commands print.
public enum JSONValue: Sendable, Equatable, Decodable {
  case null
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Decodes one value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // Integers first: rows are full of them.
    if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([String: JSONValue].self) {
      self = .object(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else if let value = try? container.decode(Double.self) {
      self = .real(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else {
      _ = container.decodeNil()
      self = .null
    }
  }

  /// Parses JSON.
  public init(parsing data: Data) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: data)
  }

  /// Parses JSON.
  public init(parsing text: String) throws { try self.init(parsing: Data(text.utf8)) }

  /// Reads a file of JSON.
  public init(file path: String) throws {
    try self.init(parsing: try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// A member of an object; null where there is none.
  public subscript(_ name: String) -> JSONValue {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  /// An element of an array; null where there is none.
  public subscript(_ index: Int) -> JSONValue {
    let elements = array
    return elements.indices.contains(index) ? elements[index] : .null
  }

  /// The elements of an array; none where it is not one.
  public var array: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  /// The members of an object; none where it is not one.
  public var object: [String: JSONValue] {
    if case .object(let members) = self { members } else { [:] }
  }

  /// The string, or nil where it is not one.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The integer, or nil where it is not one.
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }

  /// The number, whole or not, or nil where it is not one.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }

  /// The truth value, or nil where it is not one.
  public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
}
