import Bytes
import Declarations

/// Takes the marks of citations out of lines, as C4 does: `[1]`, `[]`, `[edit]`, `[citation needed]`.
///
/// The regular expression is `\[\d*\]|\[edit\]|\[citation needed\]`, where `\d` is every decimal
/// digit of Unicode. White space beside a mark stays, so that a line that ended in `. [1]` ends in a
/// space after that, and not in a period.
struct RemoveCitations: SingleLineEditor {
  static let name = "remove-citations"
  static let summary = "removes [1], [edit] and [citation needed] from lines"
  static let parameters: [Parameter] = []
  static let example = RuleExample(
    before: "Water is wet.[12] It is known [edit] widely.",
    after: "Water is wet. It is known  widely.")

  private let phrases = ["[edit]", "[citation needed]"].map { Array($0.utf8) }
  private let characters = PythonCharacters.standard

  init(parameters: Parameters) throws(CuveeError) {}

  func decide(_ line: Span<UInt8>, _ rewriting: inout LineRewriting) -> LineDecision {
    var taken = 0
    var isChanged = false
    var index = 0
    while true {
      index = ByteSearch.firstIndex(of: 0x5B, 0x5B, 0x5B, in: line, from: index)
      guard index < line.count else { break }
      let length = markLength(line, at: index)
      if length == 0 {
        index += 1
        continue
      }
      isChanged = true
      if taken < index { rewriting.copy(taken..<index, of: line) }
      index += length
      taken = index
    }
    if isChanged {
      rewriting.clear()
      if taken < line.count { rewriting.copy(taken..<line.count, of: line) }
    }
    return .keep
  }

  /// The length of the mark that begins at a bracket, 0 where there is none.
  private func markLength(_ line: Span<UInt8>, at bracket: Int) -> Int {
    var index = bracket + 1
    while index < line.count, characters.isDecimal(UTF8Text.scalar(in: line, at: index)) {
      index += UTF8Text.length(line[index])
    }
    if index < line.count && line[index] == 0x5D { return index + 1 - bracket }
    for phrase in phrases where line.holds(phrase, at: bracket) { return phrase.count }
    return 0
  }
}
