import Readers

/// The records of `jsonl`: framing, JSON, templates, ids.
struct JSONLinesTarget: FuzzTarget {
  static let name = "jsonl"
  private let plain = RecordReading("jsonl")
  private let template = RecordReading(
    "jsonl", ReaderSettings(text: "{meta.a}\n{text}{{", id: "{id}-{meta.a.b}"))

  func run(_ bytes: [UInt8]) {
    (bytes.count % 2 == 0 ? plain : template).check(bytes)
  }
}
