extension [UInt8] {
  /// Appends what `fill` writes at the start of `room` free bytes; it gives back how many it wrote.
  /// When it throws, nothing is appended.
  @inline(__always)
  mutating func append<Failure: Error>(
    room: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    try append(addingCapacity: room) { (free: inout OutputSpan<UInt8>) throws(Failure) in
      try unsafe free.withUnsafeMutableBufferPointer {
        (bytes: UnsafeMutableBufferPointer<UInt8>, filled: inout Int) throws(Failure) in
        // The span begins empty and has room for `room` bytes at least.
        let buffer = unsafe UnsafeMutableRawBufferPointer(
          start: bytes.baseAddress, count: room)
        let count = try unsafe fill(buffer)
        precondition(count >= 0 && count <= room)
        filled = count
      }
    }
  }
}
