import Bytes
import CZstd

/// Gives back the content of single zstd frames that lie in memory.
@safe
public struct ZstdDecompressor: ~Copyable, @unchecked Sendable {
  // Invariant: made by ZSTD_createDCtx in init, freed once in deinit, used by one value only.
  private let context: OpaquePointer?

  /// Creates a decompressor.
  public init() {
    unsafe context = ZSTD_createDCtx()
    unsafe ZSTD_DCtx_setParameter(
      context, ZSTD_d_windowLogMax, ZstdLibrary.greatestWindowLog)
  }

  deinit { unsafe _ = ZSTD_freeDCtx(context) }

  /// Appends the content of a frame. Its header must tell the size, as those of `ZstdCompressor`.
  ///
  /// - Throws: `badData` when `frame` is not one whole, sound frame; `output` is then as it was.
  public mutating func appendContent(
    of frame: Span<UInt8>, to output: inout [UInt8]
  ) throws(CuveeError) {
    if let problem = decompress(frame, to: &output) { throw .badData("zstd frame: \(problem)") }
  }

  /// As `appendContent`, but gives back what is wrong, for messages that name a place.
  mutating func decompress(_ frame: Span<UInt8>, to output: inout [UInt8]) -> String? {
    let (size, length) = unsafe frame.withUnsafeBytes { source in
      unsafe (
        ZSTD_getFrameContentSize(source.baseAddress, source.count),
        ZSTD_findFrameCompressedSize(source.baseAddress, source.count)
      )
    }
    if let problem = ZstdLibrary.problem(length) { return problem }
    if length != frame.count { return "\(frame.count - length) bytes follow the frame" }
    // A block has a header of 3 bytes and gives at most 128 KiB (RFC 8878 section 3.1.1.2), so a
    // header that promises more lies, and must not make us ask for that much memory.
    guard size <= UInt64(frame.count / 3 + 1) << 17, let room = Int(exactly: size) else {
      return "the size of the content is missing from its header or impossible"
    }
    var result = 0
    let before = output.count
    unsafe output.append(room: room) { free in
      result = unsafe frame.withUnsafeBytes { source in
        unsafe ZSTD_decompressDCtx(
          context, free.baseAddress, free.count, source.baseAddress, source.count)
      }
      return ZSTD_isError(result) == 0 ? result : 0
    }
    if let problem = ZstdLibrary.problem(result) { return problem }
    if result != room {
      output.removeLast(output.count - before)
      return "its header promises \(room) bytes, it holds \(result)"
    }
    return nil
  }
}
