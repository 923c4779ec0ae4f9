/// One value that a key may have.
public struct Choice: Sendable, Equatable {
  /// The value as files spell it.
  public var name: String
  /// What it means, as one line of the reference.
  public var summary: String
  /// Whether this version can do it.
  public var isSupported: Bool

  /// Creates a value.
  public init(_ name: String, _ summary: String, isSupported: Bool = true) {
    self.name = name
    self.summary = summary
    self.isSupported = isSupported
  }
}

/// A key's values as one type: the enumeration that the work itself uses, so that a value cannot be
/// known to one side and not to the other. The raw value is what files spell.
public protocol ChoiceSet: RawRepresentable<String>, CaseIterable, Sendable, Equatable {
  /// What it means, as one line of the reference.
  var summary: String { get }
  /// Whether this version can do it.
  var isSupported: Bool { get }
}

extension ChoiceSet {
  /// Most values work.
  public var isSupported: Bool { true }

  /// The values for the reference, the schema and messages, in their order.
  public static var choices: [Choice] {
    allCases.map { Choice($0.rawValue, $0.summary, isSupported: $0.isSupported) }
  }
}
