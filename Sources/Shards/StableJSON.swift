import Bytes
import Foundation

/// JSON of the files of an output: keys sorted, slashes bare, so that equal values are equal bytes.
enum StableJSON {
  /// JSON on one line, without a line end.
  static func compact(_ value: some Encodable) throws(CuveeError) -> [UInt8] {
    try encode(value, [.sortedKeys, .withoutEscapingSlashes])
  }

  /// JSON for people, with a line end.
  static func pretty(_ value: some Encodable) throws(CuveeError) -> [UInt8] {
    try encode(value, [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]) + [0x0A]
  }

  /// The value that JSON describes.
  ///
  /// - Throws: `CuveeError.badData` with the place and the path of the key that is wrong.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], place: String
  ) throws(CuveeError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw .badData("\(place): \(reason(error))")
    }
  }

  private static func encode(
    _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting
  ) throws(CuveeError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    do {
      return [UInt8](try encoder.encode(value))
    } catch {
      throw .failed("cannot write \(type(of: value)) as JSON: \(error)")
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      return "\(path(context))key \"\(key.stringValue)\" is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return path(context) + context.debugDescription
    case .dataCorrupted(let context):
      return path(context) + context.debugDescription
    default: return "not JSON that can be read: \(error)"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    guard !context.codingPath.isEmpty else { return "" }
    return context.codingPath.map { key in
      key.intValue.map { String($0) } ?? key.stringValue
    }.joined(separator: ".") + ": "
  }
}
