import Bytes
import Foundation
import Streams

/// JSON files of the cache and of plans: keys sorted, so that equal values are equal bytes.
enum JSONFile {
  /// The JSON of a value.
  static func encode(_ value: some Encodable) throws(CuveeError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(value)) + [0x0A]
    } catch {
      throw .failed("cannot be written as JSON: \(error)")
    }
  }

  /// Writes a value to a file, whole or not at all.
  static func write(_ value: some Encodable, to path: String) throws(CuveeError) {
    let bytes = try encode(value)
    try AtomicFile.write(bytes.span, to: path)
  }

  /// The value of JSON, or nil where it is not one.
  static func decode<Value: Decodable>(_ bytes: [UInt8]) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data(bytes))
  }

  /// Reads a value from a file.
  static func read<Value: Decodable>(_ path: String) throws(CuveeError) -> Value {
    let bytes = try FileSystem.readFile(path)
    do {
      return try JSONDecoder().decode(Value.self, from: Data(bytes))
    } catch {
      throw .badData("\(path): is not what Cuvee writes there: \(error)")
    }
  }
}
