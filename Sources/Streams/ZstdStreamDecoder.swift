import Bytes
import CZstd

/// Gives the content of a file of zstd frames, with or without content sizes; frames that say they
/// are to be skipped are skipped.
@safe
final class ZstdStreamDecoder: ByteDecoder {
  /// Input is read in pieces of this size; the library's advice is 128 KiB.
  private static let piece = 1 << 17

  private var window: InputWindow
  // Invariant: made by ZSTD_createDCtx in init, freed once in deinit, used by this object only.
  private let context: OpaquePointer?
  /// Whether a frame has begun and not ended.
  private var isInsideFrame = false
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
      let produced = try decompress(into: &buffer, atMost: count)
      if produced > 0 { return produced }
    }
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
    isInsideFrame = result != 0
    mayHoldMore = isInsideFrame && produced == count
    return produced
  }
}
