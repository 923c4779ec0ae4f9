import Bytes
import Declarations
import Deduplication
import Streams

extension Run {
  /// Refuses times that have no order, of the parts of one barrier.
  ///
  /// - Parameters:
  ///   - forms: For each part its source, its input part and the forms of its times.
  ///   - keep: Which of equals the barrier keeps.
  ///   - ledger: Knows the names of the files.
  /// - Throws: `badData` that names a record of each of two forms.
  static func requireComparableTimes(
    _ forms: [(source: Int, inputPart: Int, forms: TimeForms)], keep: KeepRule,
    _ ledger: AuditLedger
  ) throws(CuveeError) {
    guard keep.needsTimestamps else { return }
    var all = TimeForms()
    for part in forms { all.add(part.forms) }
    guard let (first, second) = all.contradiction else { return }
    func place(_ example: TimeForms.Example) -> String {
      let part = forms.first { $0.forms.examples.contains(example) }
      let file: String? = part.flatMap {
        ledger.file(example.file, of: $0.source, inputPart: $0.inputPart)
      }
      return
        "\"\(ControlCharacters.escaped(example.time))\" (\(file ?? "a file"), record \(example.record))"
    }
    throw .badData(
      "keep: \(keep.rawValue) compares times as text, and these have no order: \(place(first)) and "
        + "\(place(second)); write the times of all records in one form, or use keep: first")
  }
}
