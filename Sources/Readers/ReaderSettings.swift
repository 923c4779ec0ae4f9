import Bytes

/// What a source of a mixture file says about how its records become documents.
public struct ReaderSettings: Sendable, Equatable, Codable {
  /// The template of a document's text; nil is the format's own.
  public var text: String?
  /// The template of a document's id; nil is the format's own.
  public var id: String?
  /// The template of a document's URL; nil where no step asks for it.
  public var url: String?
  /// The template of a document's time; nil where no step asks for it.
  public var timestamp: String?
  /// The format's own options by name.
  public var options: [String: FormatOptionValue]

  /// Creates settings.
  public init(
    text: String? = nil, id: String? = nil, url: String? = nil, timestamp: String? = nil,
    options: [String: FormatOptionValue] = [:]
  ) {
    self.text = text
    self.id = id
    self.url = url
    self.timestamp = timestamp
    self.options = options
  }

  /// Checks that a format knows all that is set here.
  ///
  /// - Throws: `badData` without a place, naming the key and what the format knows.
  func check(for format: any RecordFormat.Type) throws(CuveeError) {
    if !format.acceptsText {
      for (key, value) in [("text", text), ("id", id)] where value != nil {
        throw .badData("\(key): the format \(format.name) has no template; remove the key")
      }
    }
    if !format.acceptsURL {
      for (key, value) in [("url", url), ("timestamp", timestamp)] where value != nil {
        throw .badData("\(key): documents of the format \(format.name) have none; remove the key")
      }
    }
    let known = format.options
    for (name, value) in options.sorted(by: { $0.key < $1.key }) {
      guard let option = known.first(where: { $0.name == name }) else {
        let names = known.map(\.name).joined(separator: ", ")
        throw .badData(
          "\(name): the format \(format.name) has no such option"
            + (names.isEmpty ? "; it has none" : "; it has \(names)"))
      }
      if option.kind != value.kind {
        throw .badData("\(name): a value of kind \(option.kind.rawValue) is wanted here")
      }
    }
  }

  /// The value of an option that counts something, or nil where it is not set.
  ///
  /// - Throws: `badData` without a place where the number is below `minimum`.
  func count(_ name: String, minimum: Int) throws(CuveeError) -> Int? {
    guard case .integer(let value) = options[name] else { return nil }
    if value < minimum { throw .badData("\(name): \(value) is less than \(minimum)") }
    return value
  }
}
