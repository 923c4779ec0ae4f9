import CZlib

/// Inflates gzip members of any size piece by piece (zlib).
@safe
struct InflateStream: ~Copyable {
  /// What a step came to.
  enum Outcome {
    /// There is more to come.
    case more
    /// The member has ended and its checksum and length are right.
    case memberEnd
    /// The data are bad, in zlib's words.
    case corrupt(String)
  }

  /// A window of 32 KiB, and a gzip header before the data (zlib.h, inflateInit2).
  private static let gzipWindow: Int32 = 15 + 16

  // Invariant: allocated and set up in init, ended and freed once in deinit. It must not move:
  // zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe inflateInit2_(
      stream, Self.gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Gets ready for the next member.
  mutating func reset() { unsafe _ = inflateReset(stream) }

  /// Inflates from the window to `output`; gives back how many bytes it wrote.
  mutating func inflate(
    _ window: inout InputWindow, into output: UnsafeMutableRawBufferPointer
  ) -> (written: Int, outcome: Outcome) {
    let source = unsafe window.bytes
    let target = unsafe output.assumingMemoryBound(to: UInt8.self)
    // zlib does not write to its input, in spite of the pointer's type.
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: source.assumingMemoryBound(to: UInt8.self).baseAddress)
    unsafe stream.pointee.avail_in = UInt32(clamping: source.count)
    unsafe stream.pointee.next_out = target.baseAddress
    unsafe stream.pointee.avail_out = UInt32(clamping: target.count)
    let result = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
    unsafe window.consume(source.count - Int(stream.pointee.avail_in))
    let written = unsafe target.count - Int(stream.pointee.avail_out)
    switch result {
    case Z_OK, Z_BUF_ERROR: return (written, .more)
    case Z_STREAM_END: return (written, .memberEnd)
    default:
      let words = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      return (written, .corrupt(words ?? "zlib error \(result)"))
    }
  }
}
