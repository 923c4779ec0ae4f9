import Declarations

/// The section `hold_out`.
enum HoldOutSection {
  static let share = Key.required(
    "share", ValueSyntax.share, "the share of each source's documents, chosen by their hash")
  static let maximumRows = Key.optional(
    "maximum_rows", .integer(1...UInt64(UInt32.max)), "the most rows of a source",
    absent: "no limit")

  static let description = SectionDescription(
    name: "hold_out",
    summary: "Documents kept out of the training rows and written as `validation/`.",
    keys: [share.description, maximumRows.description])

  /// Nothing is kept of it yet.
  static let syntax = ValueSyntax<Void>(form: .section(description)) { node, name, reading in
    guard let entries = reading.entries(of: node, description, as: name) else { return nil }
    if let value = reading.marked(share, in: entries), value.value.approximate >= 1 {
      reading.report(value.mark, "share must be below 100%")
    }
    _ = reading.value(maximumRows, in: entries)
    return ()
  }
}
