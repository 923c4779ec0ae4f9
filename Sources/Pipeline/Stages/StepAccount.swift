import Filters

/// Documents, or lines, and the bytes of their text.
struct Tally: Codable, Sendable, Equatable {
  var documents: UInt64 = 0
  var bytes: UInt64 = 0

  mutating func add(bytes: Int) {
    documents += 1
    self.bytes += UInt64(bytes)
  }

  static func += (a: inout Tally, b: Tally) {
    a.documents += b.documents
    a.bytes += b.bytes
  }
}

/// What one step has done to the documents of a part.
struct StepAccount: Codable, Sendable, Equatable {
  /// Documents dropped.
  var documents = Tally()
  /// Lines cut, of documents that the step has not dropped.
  var lines = Tally()
  /// Lines changed.
  var editedLines: UInt64 = 0
  /// Bytes that went without being a line or a document, less those that were put in.
  var trimmedBytes: Int64 = 0
  /// Documents dropped, by what was found in them; nil where the step looks for one thing.
  var found: [String: UInt64]?

  init() {}

  init(_ counts: FilterCounts) {
    documents = Tally(documents: counts.documents, bytes: counts.documentBytes)
    lines = Tally(documents: counts.lines, bytes: counts.lineBytes)
    editedLines = counts.editedLines
    found = counts.found
  }

  static func += (a: inout StepAccount, b: StepAccount) {
    a.documents += b.documents
    a.lines += b.lines
    a.editedLines += b.editedLines
    a.trimmedBytes += b.trimmedBytes
    FilterCounts.add(b.found, to: &a.found)
  }
}

extension [StepAccount] {
  /// Accounts of steps that have done nothing.
  static func empty(_ count: Int) -> [StepAccount] { Array(repeating: StepAccount(), count: count) }

  /// Adds the accounts of the same steps.
  mutating func add(_ others: [StepAccount]) {
    for (index, other) in others.enumerated() { self[index] += other }
  }

  /// Adds what a filter has counted, whose steps begin at an index.
  mutating func add(_ counts: (steps: [FilterCounts], trimmedBytes: Int64), from first: Int) {
    for (index, step) in counts.steps.enumerated() { self[first + index] += StepAccount(step) }
    // With the last entry, the reason `empty_text`: it belongs to no single step.
    self[first + counts.steps.count - 1].trimmedBytes += counts.trimmedBytes
  }
}
