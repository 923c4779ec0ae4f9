import Declarations
import Readers

/// The tasks of `natural-instructions`: one JSON object a file.
struct NaturalInstructionsTarget: FuzzTarget {
  static let name = "natural-instructions"
  private let plain = RecordReading("natural-instructions")
  private let examples = RecordReading(
    "natural-instructions",
    ReaderSettings(
      text: "{examples}{input}{output}", id: "{id}{definition}",
      options: ["examples": .integer(2), "max_documents_per_file": .integer(3)]))

  func run(_ bytes: [UInt8]) {
    (bytes.count % 2 == 0 ? plain : examples).check(bytes)
  }
}
