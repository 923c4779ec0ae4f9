/// The columns of a row, in MosaicML Streaming's MDS format: all of fixed size, sorted by name.
///
/// | column | encoding | bytes |
/// | --- | --- | --- |
/// | `row` | `int64` | 8 |
/// | `source` | `uint16` | 2 |
/// | `tokens` | `ndarray:uint16:L` or `ndarray:uint32:L` | L times the width |
///
/// `row` is signed because PyTorch's default collation of samples refuses NumPy's `uint64` scalars:
/// a plain `StreamingDataLoader` could not form a batch.
///
/// Because no column varies in size, a row is these bytes one after another, little-endian, and
/// every row starts at a multiple of `rowBytes` after the shard's header.
public struct RowColumns: Sendable, Equatable {
  /// The tokens of a row.
  public var sequenceLength: Int
  /// The bytes of a token.
  public var width: TokenWidth

  /// Creates the columns of rows of so many tokens.
  public init(sequenceLength: Int, width: TokenWidth) {
    self.sequenceLength = sequenceLength
    self.width = width
  }

  /// No row has as many tokens: far more than a shard can hold.
  static let mostTokens = 1 << 30

  /// The offset of the tokens in a row.
  public static let tokensOffset = 10

  /// The bytes of a row's tokens.
  public var tokenBytes: Int { sequenceLength * width.rawValue }

  /// The bytes of a row: the stride of a shard.
  public var rowBytes: Int { RowColumns.tokensOffset + tokenBytes }

  /// The rows of one compressed frame: as many as fit in 256 KiB, at least one.
  public var rowsPerFrame: Int { max(1, FramedFile.frameBytes / rowBytes) }

  /// The column names, in MDS's order.
  var names: [String] { ["row", "source", "tokens"] }

  /// The encodings of the columns, in the order of `names`.
  var encodings: [String] { ["int64", "uint16", "ndarray:\(width.dtype):\(sequenceLength)"] }

  /// The sizes of the columns in bytes, in the order of `names`.
  var sizes: [Int] { [8, 2, tokenBytes] }

  /// The columns that names and encodings of an MDS shard describe, or nil when they are not ours.
  init?(names: [String], encodings: [String], sizes: [Int]) {
    guard encodings.count == 3 else { return nil }
    let parts = encodings[2].split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "ndarray", let width = TokenWidth(dtype: String(parts[1])),
      let length = Int(parts[2]), length > 0, length < RowColumns.mostTokens
    else { return nil }
    self.init(sequenceLength: length, width: width)
    guard names == self.names, encodings == self.encodings, sizes == self.sizes else { return nil }
  }
}
