/// What a rule has measured, and what it was held against.
public struct Measure: Sendable, Equatable, BitwiseCopyable {
  /// What the rule has measured.
  public var value: Double
  /// The limit that the value passed or missed.
  public var threshold: Double

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
