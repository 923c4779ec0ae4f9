import Foundation

/// The golden vectors in `Fixtures`, which `Benchmarks/parity/c4.py --golden` writes.
enum Golden {
  struct Sentences: Decodable {
    var text: String
    var sentences: Int
  }

  struct Page: Decodable {
    var text: String
    var reason: String?
    var clean: String?
    /// For each line up to where the page is dropped, the reason for which it is cut.
    var lines: [String?]
  }

  static func read<Row: Decodable>(_ name: String, as row: Row.Type) throws -> [Row] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)")
    return try Data(contentsOf: path).split(separator: 0x0A).map {
      try JSONDecoder().decode(row, from: $0)
    }
  }
}
