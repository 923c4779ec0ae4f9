import Bytes
import Declarations

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
  public var options: [String: ParameterValue]

  /// Creates settings.
  public init(
    text: String? = nil, id: String? = nil, url: String? = nil, timestamp: String? = nil,
    options: [String: ParameterValue] = [:]
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
    _ = try parameters(for: format)
  }

  /// The values of the format's parameters.
  ///
  /// - Throws: `badData` without a place where one is unknown or of another kind.
  func parameters(for format: any RecordFormat.Type) throws(CuveeError) -> Parameters {
    try Parameters(options, for: format.declaration)
  }
}
