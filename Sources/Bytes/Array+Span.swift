extension Array where Element: BitwiseCopyable {
  /// Appends the elements of a span.
  @inlinable
  public mutating func append(_ source: Span<Element>) {
    unsafe source.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Appends the elements of a span between two offsets.
  ///
  /// - Precondition: `0 <= start <= end <= source.count`.
  @inlinable
  public mutating func append(_ source: Span<Element>, from start: Int, to end: Int) {
    append(source.extracting(start..<end))
  }
}
