import Bytes

/// The forms in which a barrier's documents state their times, each with the first document of it.
///
/// Times are compared as text, as C4 does it: `2024-06-15T08:00:00Z` and `20240101000000` have no
/// order then, so that what stays would depend on how a record was written.
public struct TimeForms: Codable, Sendable, Equatable {
  /// A form, and the first document of it.
  public struct Example: Codable, Sendable, Equatable {
    /// The time up to its 14th digit, with a 0 for each digit.
    public var form: String
    /// The time as the record has it, or its beginning.
    public var time: String
    /// The ordinal of its file in the input part.
    public var file: UInt32
    /// The record's ordinal in the file.
    public var record: UInt64
  }

  /// More forms than these are not needed to say what is wrong.
  private static let limit = 8
  private static let shownBytes = 40

  /// The examples in the order of the documents.
  public private(set) var examples: [Example] = []

  /// Creates an empty list.
  public init() {}

  /// Takes a document's time; one without a digit is no time, and the oldest.
  public mutating func add(_ time: Span<UInt8>, file: UInt32, record: UInt64) {
    // Nearly all times have the form of the one before: nothing is allocated for these.
    guard !examples.contains(where: { Self.has(time, $0.form) }) else { return }
    var form: [UInt8] = []
    var digits = 0
    for index in time.indices.prefix(Self.shownBytes) where digits < 14 {
      let isDigit = time[index].isASCIIDigit
      if isDigit { digits += 1 }
      form.append(isDigit ? 0x30 : time[index])
    }
    guard digits > 0 else { return }
    let shown = time.extracting(first: Self.shownBytes)
    var text: [UInt8] = []
    for index in shown.indices { text.append(shown[index]) }
    add(
      Example(
        form: String(decoding: form, as: UTF8.self), time: String(decoding: text, as: UTF8.self),
        file: file, record: record))
  }

  /// Adds the forms of documents that come after.
  public mutating func add(_ later: TimeForms) {
    for example in later.examples { add(example) }
  }

  private mutating func add(_ example: Example) {
    guard examples.count < Self.limit, !examples.contains(where: { $0.form == example.form }) else {
      return
    }
    examples.append(example)
  }

  /// Two examples whose times have no order, or nil.
  public var contradiction: (Example, Example)? {
    for (index, first) in examples.enumerated() {
      for second in examples[(index + 1)...]
      where !Self.isBeginning(first.form, of: second.form)
        && !Self.isBeginning(second.form, of: first.form)
      {
        return (first, second)
      }
    }
    return nil
  }

  /// Whether a form is another one cut off before a separator, as a date is of a date and time:
  /// text keeps them in order. Digits alone may be anything: a year, a date, seconds since 1970.
  private static func isBeginning(_ short: String, of long: String) -> Bool {
    guard long.utf8.starts(with: short.utf8) else { return false }
    let next = long.utf8.dropFirst(short.utf8.count).first
    return next.map { !$0.isASCIIDigit } ?? true
  }

  /// Whether a time has a form.
  private static func has(_ time: Span<UInt8>, _ form: String) -> Bool {
    var index = 0
    var digits = 0
    for byte in form.utf8 {
      guard index < time.count else { return false }
      if time[index].isASCIIDigit { digits += 1 }
      guard (time[index].isASCIIDigit ? 0x30 : time[index]) == byte else { return false }
      index += 1
    }
    return digits == 14 || index == time.count || index == shownBytes
  }

}
