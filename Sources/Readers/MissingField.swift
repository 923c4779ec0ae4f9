/// A field that the text of a document needs and a record does not have.
public struct MissingField: Sendable, Equatable {
  /// Fields that are told of a record; more help nobody.
  static let fieldsTold = 40

  /// The field as the template names it.
  public let name: String
  /// The fields that the record has where the missing one should be, named as in a template.
  public let present: [String]
}

extension JSONRecord {
  /// The first of some fields that a record does not have, with those that are there; nil where the
  /// record is no object or has all of them.
  func missing(_ fields: [FieldPath], in record: Span<UInt8>) -> MissingField? {
    guard (try? parse(record, 0..<record.count)) != nil, kind(.root) == .object else { return nil }
    for field in fields {
      var node = Node.root
      var outer: [String] = []
      for key in field.keys {
        guard let next = member(node, key) else {
          let present = keys(node, atMost: MissingField.fieldsTold).map {
            (outer + [$0]).joined(separator: ".")
          }
          return kind(node) == .object ? MissingField(name: field.name, present: present) : nil
        }
        outer.append(String(decoding: key, as: UTF8.self))
        node = next
      }
    }
    return nil
  }
}
