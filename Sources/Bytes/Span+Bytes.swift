extension Span<UInt8> {
  /// Whether some bytes stand at an index.
  @inlinable @inline(__always)
  public func holds(_ bytes: [UInt8], at start: Int) -> Bool {
    guard bytes.count <= count - start else { return false }
    for index in bytes.indices where self[start + index] != bytes[index] { return false }
    return true
  }
}
