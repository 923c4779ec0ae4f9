/// What a rule has measured, and what it was held against.
public struct Measure: Sendable, Equatable, BitwiseCopyable {
  /// What the rule has measured.
  public var value: Double
  /// The limit that the value passed or missed.
  public var threshold: Double
  /// What was found, as an index in the rule's `items`; -1 where there is only one thing to find.
  public var item: Int32 = -1

  /// Creates a measure.
  public init(_ value: Int, against threshold: Int) {
    self.init(Double(value), against: Double(threshold))
  }

  /// Creates a measure.
  public init(_ value: Double, against threshold: Double) {
    self.value = value
    self.threshold = threshold
  }
}
