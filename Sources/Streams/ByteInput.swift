import Bytes

/// The uncompressed bytes of an input file, read in order with bounded memory.
///
/// Compression is found by the first bytes. A compressed file that is cut short or corrupt is an
/// error and never an early end: at the end of the file every member or frame has been whole and
/// its checksum, where it has one, right. (A file cut exactly between two members or frames is
/// whole by its format; only sizes or digests known from elsewhere can tell.)
public struct ByteInput: ~Copyable, @unchecked Sendable {
  /// Bytes asked of a decoder at once: buffers grow by no more, and caches hold it.
  private static let step = 1 << 17

  private let displayPath: String
  // Only this value has the decoder, and a value that cannot be copied is on one thread at a time.
  private let decoder: any ByteDecoder
  private var failure: CuveeError?

  /// How the file is packed.
  public let compression: Compression

  /// The uncompressed offset of the next byte, in bytes from the start of the file.
  public private(set) var position: UInt64 = 0

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file; a pipe will do where no range is asked for.
  ///   - displayPath: its name in messages; its ending must fit what the file holds.
  ///   - range: the bytes to read of a plain file; the position starts at its lower bound.
  /// - Throws: `missingInput` for no file or a folder; `badData` for a Git LFS pointer, a
  ///   compression that is not supported or not what the name says, or a range of a
  ///   compressed file or beyond the end.
  public init(
    path: String, displayPath: String, range: Range<UInt64>? = nil
  ) throws(CuveeError) {
    let file = try FileDescriptor(reading: path, displayPath: displayPath)
    // A file that is read with one call needs no advice, and many small files are opened.
    if let size = file.statusWhenOpened?.size, size > UInt64(Self.step) {
      file.expectSequentialReads()
    }
    var window = try InputWindow(file)
    do {
      try window.fill(to: Self.step)
    } catch {
      throw error.described(at: 0, of: displayPath)
    }
    let prefix = unsafe Array(window.bytes.prefix(Compression.prefixLength))
    let compression = try Compression.recognise(prefix, displayPath: displayPath)
    if let range {
      guard compression == .plain, let size = window.size else {
        throw .badData("\(displayPath): only a plain file can be read from the middle")
      }
      guard range.upperBound <= size else {
        throw .badData(
          "\(displayPath): has \(size) bytes, \(range.upperBound) were expected: it has changed"
            + " since the run was planned; plan again")
      }
      window.restrict(to: range)
    }
    self.displayPath = displayPath
    self.compression = compression
    position = range?.lowerBound ?? 0
    switch compression {
    case .plain: decoder = PlainDecoder(window)
    case .gzip: decoder = GzipDecoder(window)
    case .zstd: decoder = ZstdStreamDecoder(window)
    }
  }

  /// Bytes of the file as it lies on the disk that have been used, for progress.
  public var fileOffset: UInt64 { decoder.fileOffset }

  /// Appends `count` bytes, or fewer where the file ends before; gives back how many. 0 for a
  /// `count` above zero means the end of the file.
  ///
  /// - Throws: `badData` for data cut short or corrupt, naming the file and the uncompressed
  ///   offset; `io` when the file cannot be read. Every later read throws the same error.
  public mutating func read(
    into buffer: inout [UInt8], atMost count: Int
  ) throws(CuveeError) -> Int {
    if let failure { throw failure }
    let before = buffer.count
    do {
      while buffer.count - before < count {
        let wanted = min(count - (buffer.count - before), Self.step)
        if try decoder.step(into: &buffer, atMost: wanted) == 0 { break }
      }
    } catch {
      let place = position + UInt64(buffer.count - before)
      buffer.removeLast(buffer.count - before)
      let error = error.described(at: place, of: displayPath)
      failure = error
      throw error
    }
    position += UInt64(buffer.count - before)
    return buffer.count - before
  }

  /// Goes forward to an uncompressed offset; plain files seek, others are read through.
  ///
  /// - Throws: as `read`; `badData` when the file ends before, `failed` when the offset lies behind.
  public mutating func skip(to offset: UInt64) throws(CuveeError) {
    guard offset >= position else {
      throw .failed("\(displayPath): cannot go back from byte \(position) to \(offset)")
    }
    if failure == nil && decoder.seek(to: offset) {
      position = offset
      return
    }
    var passed: [UInt8] = []
    while position < offset {
      passed.removeAll(keepingCapacity: true)
      let wanted = Int(min(offset - position, UInt64(Self.step)))
      if try read(into: &passed, atMost: wanted) == 0 {
        throw .badData("\(displayPath): ends at byte \(position), before byte \(offset)")
      }
    }
  }
}
