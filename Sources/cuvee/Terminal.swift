import Bytes
import Foundation
import Glibc
import Streams

/// What commands print: results to standard output, all else to standard error.
enum Terminal {
  /// Prints a line of results, with what a terminal would obey escaped.
  static func print(_ text: String) { write(Array((ControlCharacters.escaped(text) + "\n").utf8)) }

  /// Writes bytes of results, as they are. Where that fails, the command ends with status 74: results that nobody
  /// has got are no success.
  static func write(_ bytes: [UInt8]) {
    guard let problem = StandardStreams.write(bytes) else { return }
    error("error: standard output: cannot be written: \(problem)")
    // Not exit: other threads may be at work, and what is unfinished is cleared by the next run.
    _exit(CuveeError.Kind.io.rawValue)
  }

  /// Prints a line that is not a result.
  static func error(_ text: String) {
    StandardStreams.writeError(Array((ControlCharacters.escaped(text) + "\n").utf8))
  }

  /// Prints facts as JSON: indented, keys sorted.
  static func printJSON(_ facts: some Encodable) throws(CuveeError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      write(Array(try encoder.encode(facts)) + [0x0A])
    } catch {
      throw .failed("cannot be written as JSON: \(error)")
    }
  }
}

/// Columns of text for people.
struct Table {
  private var rows: [[String]]
  private let rightAligned: Set<Int>

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - header: The columns' names.
  ///   - rightAligned: The columns of numbers.
  init(_ header: [String], rightAligned: Set<Int> = []) {
    rows = [header]
    self.rightAligned = rightAligned
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The lines of the table.
  var lines: [String] {
    let columns = rows[0].count
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = (0..<columns).map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return rightAligned.contains(column) ? space + row[column] : row[column] + space
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  func print() { for line in lines { Terminal.print(line) } }
}
