import Bytes
import CZstd

/// Makes zstd frames (RFC 8878), each with its content size and, by default, a checksum of its content.
///
/// A frame's bytes depend on the content, the level and the library's version alone.
@safe
public struct ZstdCompressor: ~Copyable, @unchecked Sendable {
  // Invariant: made by ZSTD_createCCtx in init, freed once in deinit, used by one value only.
  private let context: OpaquePointer?

  /// Creates a compressor.
  ///
  /// - Parameters:
  ///   - level: 1 (fast) to 22 (small), below 0 faster still; others are brought to the nearest.
  ///   - checksum: Whether frames have a checksum of their content.
  public init(level: Int32, checksum: Bool = true) {
    unsafe context = ZSTD_createCCtx()
    let level = min(max(level, ZSTD_minCLevel()), ZSTD_maxCLevel())
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1)
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, checksum ? 1 : 0)
  }

  deinit { unsafe _ = ZSTD_freeCCtx(context) }

  /// Appends one frame that holds `raw`; an empty `raw` gives a frame too.
  ///
  /// - Throws: `failed` when the library cannot compress, for want of memory.
  public mutating func appendFrame(
    of raw: Span<UInt8>, to output: inout [UInt8]
  ) throws(CuveeError) {
    var result = 0
    unsafe output.append(room: ZSTD_compressBound(raw.count)) { free in
      result = unsafe raw.withUnsafeBytes { source in
        unsafe ZSTD_compress2(
          context, free.baseAddress, free.count, source.baseAddress, source.count)
      }
      return ZSTD_isError(result) == 0 ? result : 0
    }
    if ZSTD_isError(result) != 0 {
      throw .failed("zstd cannot compress: \(unsafe String(cString: ZSTD_getErrorName(result)))")
    }
  }
}
