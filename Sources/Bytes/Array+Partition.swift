extension Array {
  /// Where the elements that a condition holds for end, in an array in which they all come first.
  ///
  /// - Parameter isBefore: The condition.
  /// - Returns: The index of the first element that it does not hold for, or the count. O(log n).
  @inlinable
  public func partitionPoint(where isBefore: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
