/// A record that gave no document: counted, reported with file and ordinal, never fatal in itself.
public struct BadRecord: Sendable, Equatable {
  /// Why the record gave no document. The raw value is the stable name of the reason.
  public enum Reason: String, Sendable, CaseIterable, Codable {
    /// The record is not valid JSON.
    case malformedJSON = "malformed_json"
    /// The record is valid JSON but not an object.
    case notAnObject = "not_an_object"
    /// A field that the text needs is absent.
    case missingField = "missing_field"
    /// A field that the text needs is null.
    case nullField = "null_field"
    /// A field that the text needs has a type that cannot be text.
    case wrongType = "wrong_type"
    /// The bytes are not valid UTF-8.
    case invalidUTF8 = "invalid_utf8"
    /// The record is larger than the limit of 256 MiB.
    case tooLarge = "too_large"
    /// The record has another number of fields than its format says.
    case wrongFieldCount = "wrong_field_count"
    /// The record gives a document without text.
    case emptyText = "empty_text"
  }

  /// Where the record is.
  public var origin: Origin
  /// Why it gave no document.
  public var reason: Reason
  /// What exactly is wrong, for the report; one line.
  public var detail: String

  /// Creates the account of a bad record.
  public init(origin: Origin, reason: Reason, detail: String) {
    self.origin = origin
    self.reason = reason
    self.detail = detail
  }
}
