extension RowColumns {
  /// Bytes of a shard's header that are not offsets: counts and the configuration.
  private static let headerReserve = 1024

  /// The rows of a shard that stays within a size, header included; at least one.
  ///
  /// - Parameter sizeLimit: The greatest size of the uncompressed shard; MDS holds at most 4 GiB.
  /// - Returns: The rows of every shard but the last.
  public func rowsPerShard(sizeLimit: UInt64) -> Int {
    max(1, roomiestShard(sizeLimit: sizeLimit))
  }

  /// Whether a shard that stays within a size has room for a row.
  public func fitsShard(sizeLimit: UInt64) -> Bool { roomiestShard(sizeLimit: sizeLimit) > 0 }

  private func roomiestShard(sizeLimit: UInt64) -> Int {
    let limit = min(sizeLimit, UInt64(UInt32.max))
    let room = limit > UInt64(Self.headerReserve) ? Int(limit) - Self.headerReserve : 0
    return room / (rowBytes + 4)
  }
}
