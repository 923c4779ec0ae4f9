import Declarations

/// How a source's records become documents: what reading one again needs.
public struct ManifestReader: Codable, Sendable, Equatable {
  /// The format's name.
  public var format: String
  /// The template of the text, where one was given.
  public var text: String?
  /// The template of the id, where one was given.
  public var id: String?
  /// The format's own options.
  public var options: [String: ParameterValue]

  /// Creates the account of a reader.
  public init(format: String, text: String?, id: String?, options: [String: ParameterValue]) {
    self.format = format
    self.text = text
    self.id = id
    self.options = options
  }
}
