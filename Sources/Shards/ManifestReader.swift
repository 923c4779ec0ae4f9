/// How a source's records become documents: what reading one again needs.
public struct ManifestReader: Codable, Sendable, Equatable {
  /// The format's name.
  public var format: String
  /// The template of the text, where one was given.
  public var text: String?
  /// The template of the id, where one was given.
  public var id: String?
  /// The format's own options.
  public var options: [String: ManifestOption]

  /// Creates the account of a reader.
  public init(format: String, text: String?, id: String?, options: [String: ManifestOption]) {
    self.format = format
    self.text = text
    self.id = id
    self.options = options
  }
}

/// The value of a format's option.
public enum ManifestOption: Codable, Sendable, Equatable {
  /// A string.
  case string(String)
  /// An integer.
  case integer(Int)
  /// A truth value.
  case boolean(Bool)

  /// Reads a truth value, an integer or a string.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else {
      self = .string(try container.decode(String.self))
    }
  }

  /// Writes the bare value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    }
  }
}
