/// A place in a mixture file: line and column count from 1, columns in Unicode scalars.
public struct Mark: Sendable, Equatable, Comparable {
  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1 in Unicode scalars.
  public var column: Int

  /// Creates a place from its line and column, both counted from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether a place comes before another.
  public static func < (a: Mark, b: Mark) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// A value together with the place where the mixture file says it.
public struct Marked<Value> {
  /// The value.
  public var value: Value
  /// Where the file says it.
  public var mark: Mark

  /// Creates a value with its place.
  public init(_ value: Value, _ mark: Mark) {
    self.value = value
    self.mark = mark
  }
}

extension Marked: Sendable where Value: Sendable {}
extension Marked: Equatable where Value: Equatable {}
