import CDeflate

/// Inflates gzip members that lie whole in memory, about three times as fast as piece by piece
/// (libdeflate).
@safe
struct MemberDecoder: ~Copyable {
  /// The greatest content of a member that is decoded in one go; pages of it that are never filled
  /// take no memory.
  private static let capacity = 4 << 20

  // Invariant: both made in init and freed once in deinit; bytes below `end` are initialised.
  private let decompressor: OpaquePointer?
  private let memory: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0

  init() {
    unsafe decompressor = libdeflate_alloc_decompressor()
    unsafe memory = .allocate(byteCount: Self.capacity, alignment: 64)
  }

  deinit {
    unsafe libdeflate_free_decompressor(decompressor)
    unsafe memory.deallocate()
  }

  /// Bytes decoded and not yet taken.
  var count: Int { end - start }

  /// Appends decoded bytes to a buffer; gives back how many.
  mutating func take(into buffer: inout [UInt8], atMost count: Int) -> Int {
    let taken = min(count, self.count)
    unsafe buffer.append(contentsOf: memory[start..<start + taken])
    start += taken
    return taken
  }

  /// Decodes the member at the front of the window and takes it off. False, and nothing taken,
  /// when it is not whole there, too large, or bad.
  mutating func decode(_ window: inout InputWindow) -> Bool {
    let source = unsafe window.bytes
    var used = 0
    var written = 0
    let result = unsafe libdeflate_gzip_decompress_ex(
      decompressor, source.baseAddress, source.count, memory.baseAddress, memory.count,
      &used, &written)
    guard result == LIBDEFLATE_SUCCESS else { return false }
    window.consume(used)
    start = 0
    end = written
    return true
  }
}
