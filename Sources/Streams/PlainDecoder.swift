/// Gives the bytes of a file as they are.
final class PlainDecoder: ByteDecoder {
  private var window: InputWindow

  init(_ window: consuming InputWindow) { self.window = window }

  var fileOffset: UInt64 { window.offset }

  func step(into buffer: inout [UInt8], atMost count: Int) throws(StreamFailure) -> Int {
    if window.count > 0 {
      let taken = min(count, window.count)
      unsafe buffer.append(contentsOf: window.bytes.prefix(taken))
      window.consume(taken)
      return taken
    }
    let before = buffer.count
    try unsafe buffer.append(room: count) { (free) throws(StreamFailure) in
      try unsafe window.read(into: free)
    }
    return buffer.count - before
  }

  func seek(to offset: UInt64) -> Bool {
    guard let size = window.size, offset <= size else { return false }
    window.seek(to: offset)
    return true
  }
}
