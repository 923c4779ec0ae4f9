import Bytes
import Declarations

/// The number of characters, Unicode code points as Python's `len` counts them.
struct Characters: Metric {
  static let name = "characters"
  static let summary = "the number of characters"

  init(parameters: Parameters) throws(CuveeError) {}

  func measure(_ document: inout DocumentView) -> Double? { Double(document.characters.count) }
}
