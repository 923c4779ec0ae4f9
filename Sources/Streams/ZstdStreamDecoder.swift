import Bytes
import CZstd

/// Gives the content of a file of zstd frames, with or without content sizes; frames that say they
/// are to be skipped are skipped.
@safe
final class ZstdStreamDecoder: ByteDecoder {
  /// Input is read in pieces of this size; the library's advice is 128 KiB.
  private static let piece = 1 << 17
  /// No frame header is longer (RFC 8878 section 3.1.1: a magic of 4 bytes and 14 more).
  private static let longestHeader = 18

  private var window: InputWindow
  // Invariant: made by ZSTD_createDCtx in init, freed once in deinit, used by this object only.
  private let context: OpaquePointer?
  /// Whether a frame has begun and not ended.
  private var isInsideFrame = false
  /// The content size that the frame's header tells, if it does, and the content so far. The
  /// library does not compare them where a frame ends in an empty block.
  private var promised: UInt64?
  private var given: UInt64 = 0
  private var expansion = ExpansionLimit()
  /// Whether the last step filled its output, so that the library may hold more.
  private var mayHoldMore = false

  init(_ window: consuming InputWindow) {
    self.window = window
    unsafe context = ZSTD_createDCtx()
    unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZstdLibrary.greatestWindowLog)
  }

  deinit { unsafe _ = ZSTD_freeDCtx(context) }

  var fileOffset: UInt64 { window.offset }

  func step(into buffer: inout [UInt8], atMost count: Int) throws(StreamFailure) -> Int {
    while true {
      if window.count == 0 && !mayHoldMore {
        try window.fill(to: Self.piece)
        if window.count == 0 {
          if isInsideFrame { throw .corrupt("cut short: the file ends inside a zstd frame") }
          return 0
        }
      }
      if !isInsideFrame { try beginFrame() }
      let produced = try decompress(into: &buffer, atMost: count)
      if produced > 0 { return produced }
    }
  }

  private func beginFrame() throws(StreamFailure) {
    if window.count < Self.longestHeader { try window.fill(to: Self.piece) }
    let source = unsafe window.bytes
    // The last two values stand for an unknown size and for a bad header, which is met later.
    let size = unsafe ZSTD_getFrameContentSize(source.baseAddress, source.count)
    promised = size < UInt64.max - 1 ? size : nil
    given = 0
  }

  private func decompress(
    into buffer: inout [UInt8], atMost count: Int
  ) throws(StreamFailure) -> Int {
    let before = buffer.count
    var result = 0
    unsafe buffer.append(room: count) { free in
      // The library writes between `pos` and `size` and reads the window, which stands still.
      var output = unsafe ZSTD_outBuffer(dst: free.baseAddress, size: free.count, pos: 0)
      let source = unsafe window.bytes
      var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      result = unsafe ZSTD_decompressStream(context, &output, &input)
      unsafe window.consume(input.pos)
      return unsafe output.pos
    }
    if let problem = ZstdLibrary.problem(result) {
      throw ZstdLibrary.isUnsupported(result) ? .unsupported(problem) : .corrupt(problem)
    }
    let produced = buffer.count - before
    given += UInt64(produced)
    try expansion.count(produced, from: window.offset)
    isInsideFrame = result != 0
    if !isInsideFrame, let promised, promised != given {
      throw .corrupt("corrupt zstd data: a frame of \(promised) bytes holds \(given)")
    }
    mayHoldMore = isInsideFrame && produced == count
    return produced
  }
}
