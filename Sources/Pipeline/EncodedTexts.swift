import Bytes
import Streams
import Tokenizers

/// The ids of the texts of a batch. Those of a huge text do not stay in memory: there may be one for each
/// of its bytes, at four bytes each.
struct EncodedTexts {
  /// Where the ids are.
  enum IDs {
    case inMemory([UInt32])
    case inFile(DrainedIDs)
    /// Nowhere: nobody wants more than their number.
    case counted
  }

  /// Above this many bytes of text ids are taken out of memory: 16 MiB, whose ids are 64 MiB at most.
  static let hugeText = 16 << 20

  private(set) var ids = IDs.inMemory([])
  /// The end in `ids` of each text's ids.
  private(set) var ends: [Int] = []

  /// Encodes texts.
  ///
  /// - Parameters:
  ///   - text: The texts one after another.
  ///   - textEnds: The end of each.
  ///   - encoder: What encodes them.
  ///   - folder: Where a file may lie until the ids are written; nil where they only count.
  ///   - huge: The bytes above which the ids do not stay in memory.
  /// - Throws: `io` when the file cannot be written.
  init(
    _ text: Span<UInt8>, ends textEnds: [Int], _ encoder: any TokenEncoder,
    scratchFolder folder: String?, huge: Int = hugeText
  ) throws(CuveeError) {
    if text.count > huge, try encode(text, textEnds, encoder, draining: folder) { return }
    var list: [UInt32] = []
    ends = []
    encoder.encodeBatch(text: text, ends: textEnds, into: &list, idEnds: &ends)
    ids = .inMemory(list)
  }

  /// Encodes the one text of a batch and takes its ids out of memory; the text may be let go before its
  /// ids are made.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - encoder: What encodes it, which lets texts go.
  ///   - folder: As above.
  /// - Throws: `io` when the file cannot be written.
  init(
    givenAway text: consuming [UInt8], _ encoder: any TokenEncoder, scratchFolder folder: String?
  ) throws(CuveeError) {
    let (file, drain) = try Self.startDraining(folder)
    encoder.drain = drain
    defer { encoder.drain = TokenDrain() }
    var rest: [UInt32] = []
    encoder.encode(givenAway: consume text, into: &rest)
    drain.finish(&rest)
    ids = try Self.drainedIDs(file)
    ends = [drain.taken]
  }

  /// Encodes texts and takes their ids out of memory; false where that does not come out.
  private mutating func encode(
    _ text: Span<UInt8>, _ textEnds: [Int], _ encoder: any TokenEncoder, draining folder: String?
  ) throws(CuveeError) -> Bool {
    let (file, drain) = try Self.startDraining(folder)
    encoder.drain = drain
    defer { encoder.drain = TokenDrain() }
    var rest: [UInt32] = []
    encoder.encodeBatch(text: text, ends: textEnds, into: &rest, idEnds: &ends)
    drain.finish(&rest)
    if drain.hasFailed { return false }
    ids = try Self.drainedIDs(file)
    return true
  }

  /// What takes ids out of memory: into a file, or nowhere where no folder is given.
  private static func startDraining(
    _ folder: String?
  ) throws(CuveeError) -> (file: DrainedIDs?, drain: TokenDrain) {
    guard let folder else { return (nil, TokenDrain { _ in }) }
    let file = try DrainedIDs(in: folder)
    return (file, TokenDrain { ids in file.append(ids) })
  }

  /// Where the ids are once all are taken.
  private static func drainedIDs(_ file: DrainedIDs?) throws(CuveeError) -> IDs {
    guard let file else { return .counted }
    try file.finish()
    return .inFile(file)
  }
}

/// Ids in a file that goes with this.
// Invariant: one thread after another uses it: the worker that writes, then the one that commits.
final class DrainedIDs: @unchecked Sendable {
  /// The bytes of an id in the file. Pieces that are read hold whole ids.
  static let width = 4

  private var file: ScratchFile
  private var error: CuveeError?

  /// Makes an empty file.
  ///
  /// - Throws: `io` when it cannot be made.
  init(in folder: String) throws(CuveeError) { file = try ScratchFile(in: folder) }

  /// Appends ids; `finish` says where that failed.
  func append(_ ids: Span<UInt32>) {
    guard error == nil else { return }
    var bytes: [UInt8] = []
    bytes.appendLittleEndian(ids, width: Self.width)
    do throws(CuveeError) {
      try file.write(bytes.span)
    } catch {
      self.error = error
    }
  }

  /// Ends the writing.
  ///
  /// - Throws: What went wrong with it.
  func finish() throws(CuveeError) {
    if let error { throw error }
  }

  /// Reads all that was written, a piece after another.
  ///
  /// - Throws: `io` when any of it fails.
  func forEachPiece(_ body: (Span<UInt8>) throws(CuveeError) -> Void) throws(CuveeError) {
    let reader = try file.reopen()
    try reader.forEachPiece { (piece, _) throws(CuveeError) in try body(piece) }
  }
}
