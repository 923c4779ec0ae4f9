import Bytes
import Declarations

/// Cuts lines that do not end like a sentence; C4 asks for `.`, `?`, `!` or `"`, and not for `...`.
struct LineEndMarks: SingleLineEditor {
  static let name = "line-end-marks"
  static let summary = "cuts lines that do not end in one of the marks"
  static let parameters = [
    Parameter(
      "marks", .texts, standard: .texts([".", "?", "!", "\""]), "the marks that may end a line"),
    Parameter(
      "except", .texts, standard: .texts(["..."]), "what may not, although a mark ends it"),
  ]
  static let example = RuleExample(
    before: "Home | About\nThis is a sentence.\nRead more...", after: "This is a sentence.")

  private let marks: [[UInt8]]
  private let exceptions: [[UInt8]]
  /// For each byte whether a mark ends in it: most lines are told by their last byte.
  private let mayEnd: [Bool]

  init(parameters: Parameters) throws(CuveeError) {
    marks = parameters.texts("marks")
    exceptions = parameters.texts("except")
    let last = Set(marks.compactMap(\.last))
    mayEnd = (0..<256).map { last.contains(UInt8($0)) }
  }

  func decide(_ line: Span<UInt8>, _ rewriting: inout LineRewriting) -> LineDecision {
    !line.isEmpty && mayEnd[Int(line[line.count - 1])] && ends(line, inOneOf: marks)
      && !ends(line, inOneOf: exceptions)
      ? .keep : .cut(Measure(0, against: 1))
  }

  private func ends(_ line: Span<UInt8>, inOneOf marks: [[UInt8]]) -> Bool {
    for mark in marks where ends(line, mark) { return true }
    return false
  }

  private func ends(_ line: Span<UInt8>, _ mark: [UInt8]) -> Bool {
    let start = line.count - mark.count
    guard start >= 0 else { return false }
    for index in mark.indices where line[start + index] != mark[index] { return false }
    return true
  }
}
