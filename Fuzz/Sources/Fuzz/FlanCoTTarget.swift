import Readers

/// The records of `flan-cot`: lines of fields divided by tabs.
struct FlanCoTTarget: FuzzTarget {
  static let name = "flan-cot"
  private let plain = RecordReading("flan-cot")
  private let template = RecordReading(
    "flan-cot", ReaderSettings(text: "{rationale}{answer}", id: "{question}"))

  func run(_ bytes: [UInt8]) {
    (bytes.count % 2 == 0 ? plain : template).check(bytes)
  }
}
