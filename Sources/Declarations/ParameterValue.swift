import Bytes

/// The value of a parameter.
public enum ParameterValue: Sendable, Equatable {
  /// A whole number.
  case integer(Int)
  /// A number.
  case number(Double)
  /// A truth value.
  case boolean(Bool)
  /// A text; in a manifest also a choice.
  case text(String)
  /// At least one text.
  case texts([String])
  /// One of some names.
  case choice(String)
  /// A share, exact.
  case share(DecimalShare)
  /// A file.
  case file(FileReference)

  /// Adds the value to a key: its kind, and bytes that no other value of the kind has.
  func add(to key: inout KeyBuilder) {
    switch self {
    case .integer(let value): key.add("integer", value)
    // Equal numbers have equal bits but for the two zeros.
    case .number(let value): key.add("number", value == 0 ? 0 : value.bitPattern)
    case .boolean(let value): key.add("boolean", value)
    case .text(let value): key.add("text", value)
    case .texts(let values):
      key.add("texts", values.count)
      for value in values { key.add("text", value) }
    case .choice(let value): key.add("choice", value)
    case .share(let value):
      key.add("share.numerator", value.numerator)
      key.add("share.scale", value.scale)
    case .file(let file):
      key.add("file", file.sha256?.hex ?? "")
    }
  }

  /// The value in words, for the reference.
  public var words: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .text(let value), .choice(let value): value
    case .texts(let values): values.joined(separator: " ")
    case .share(let value): value.words
    case .file(let file): file.path
    }
  }
}

extension ParameterValue: Codable {
  /// Reads bare JSON, as manifests have it. The kind of a text is that of the parameter.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode(FileReference.self) {
      self = .file(value)
    } else {
      self = .texts(try container.decode([String].self))
    }
  }

  /// Writes bare JSON.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    case .text(let value), .choice(let value): try container.encode(value)
    case .texts(let values): try container.encode(values)
    case .share(let value): try container.encode(value.words)
    case .file(let file): try container.encode(file)
    }
  }
}
