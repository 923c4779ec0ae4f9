import Bytes

/// The errors found in one mixture file.
struct Diagnostics {
  /// An error with its place.
  private struct Finding: Equatable {
    var mark: Mark
    var message: String
  }

  /// More errors than this are counted, not shown.
  private static let shown = 50

  private var findings: [Finding] = []

  /// Adds an error.
  mutating func report(_ mark: Mark, _ message: String) {
    findings.append(Finding(mark: mark, message: message))
  }

  /// All errors as one, a line each in the order of the file, or nil where there are none.
  ///
  /// The command line prints `error: ` before a message, so every line but the first brings its own.
  /// What an alias repeats at one place is said once.
  func error(in displayPath: String) -> CuveeError? {
    // Sorting is not stable in Swift's contract, so the order of reporting is the last key.
    let sorted = findings.enumerated().sorted {
      ($0.element.mark, $0.offset) < ($1.element.mark, $1.offset)
    }
    var lines: [String] = []
    var seen: Set<String> = []
    for (_, finding) in sorted {
      let line = Self.line(displayPath, finding.mark, finding.message)
      if seen.insert(line).inserted { lines.append(line) }
    }
    guard !lines.isEmpty else { return nil }
    if lines.count > Self.shown {
      let hidden = lines.count - Self.shown
      lines.removeLast(hidden)
      lines.append("\(displayPath): \(hidden) more errors are not shown")
    }
    return .badData(lines.joined(separator: "\nerror: "))
  }

  /// A message with its place.
  static func line(_ displayPath: String, _ mark: Mark, _ message: String) -> String {
    "\(displayPath):\(mark.line):\(mark.column): \(message)"
  }
}
