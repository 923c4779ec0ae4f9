/// Rows as cuts of the stream of documents in their shuffled order (`packing: concatenate`).
///
/// Documents follow one another without a gap and are cut where a row is full; the tail of an
/// epoch that fills no row is left out and counted.
public enum ConcatenatePacking {
  /// The whole rows that a number of tokens gives.
  public static func rows(tokens: UInt64, rowLength: Int) -> Int {
    precondition(rowLength > 0, "a row has tokens")
    return Int(tokens / UInt64(rowLength))
  }

  /// The tokens that are left over after the last whole row.
  public static func tail(tokens: UInt64, rowLength: Int) -> Int {
    precondition(rowLength > 0, "a row has tokens")
    return Int(tokens % UInt64(rowLength))
  }
}
