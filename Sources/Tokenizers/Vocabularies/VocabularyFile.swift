import Bytes
import Foundation

/// A vocabulary file, read whole.
struct VocabularyFile {
  /// Larger files are no vocabularies.
  private static let greatestSize = 512 << 20

  /// What messages begin with.
  let place: String
  let bytes: [UInt8]

  /// Creates a file of bytes.
  init(bytes: [UInt8], place: String) {
    self.bytes = bytes
    self.place = place
  }

  /// The file with an empty list or object in place of some lists and objects, whose ranges rise.
  /// The kind of a model without a type shows in the kind of its vocabulary.
  func withEmptied(_ lists: [Range<Int>]) -> VocabularyFile {
    var result: [UInt8] = []
    var start = 0
    for list in lists {
      result += bytes[start..<list.lowerBound]
      result += [bytes[list.lowerBound], bytes[list.upperBound - 1]]
      start = list.upperBound
    }
    return VocabularyFile(bytes: result + bytes[start...], place: place)
  }

  /// Reads a file.
  ///
  /// - Throws: `missingInput` where there is no such file, `io` where it cannot be read.
  init(path: String, place: String) throws(CuveeError) {
    switch FileKind.of(path) {
    case nil: throw .missingInput("\(place): there is no such vocabulary file")
    case .folder: throw .badData("\(place): this is a folder, not a vocabulary file")
    case .file: break
    }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
      guard data.count <= Self.greatestSize else {
        throw CuveeError.badData("\(place): \(data.count) bytes are too many for a vocabulary")
      }
      bytes = Array(data)
    } catch let error as CuveeError {
      throw error
    } catch {
      throw .io("\(place): cannot be read: \(error.localizedDescription)")
    }
    self.place = place
  }

  /// The SHA-256 of the file.
  var sha256: Digest { Digest.sha256(bytes.span) }

  /// Decodes the file as JSON.
  ///
  /// - Throws: `badData` with the path of keys to what is wrong.
  func decodeJSON<T: Decodable>(_ type: T.Type) throws(CuveeError) -> T {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as CuveeError {
      throw error
    } catch let error as DecodingError {
      throw .badData("\(place): \(Self.describe(error))")
    } catch {
      throw .badData("\(place): \(error)")
    }
  }

  private static func describe(_ error: DecodingError) -> String {
    func at(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
      return path.isEmpty ? "" : " at \(path.joined())"
    }
    switch error {
    case .keyNotFound(let key, let context): return "no key \"\(key.stringValue)\"\(at(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      return context.debugDescription + at(context)
    @unknown default: return "not the JSON that is wanted"
    }
  }
}
