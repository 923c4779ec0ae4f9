import Bytes

/// The bytes of a file that have been read and not yet been used: a window that moves forward.
@safe
struct InputWindow: ~Copyable {
  /// 1 MiB; pages of it that are never filled take no memory.
  static let capacity = 1 << 20

  private let file: FileDescriptor
  // Invariant: allocated in init, freed once in deinit; bytes in start..<end are initialised.
  private let memory: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  /// The file's offset of the byte after the window.
  private var readOffset: UInt64 = 0
  /// Where to stop; nil for pipes, which end where they end.
  private var limit: UInt64?

  /// Whether all of the file is in the window or used.
  private(set) var isAtEnd = false

  /// Makes an empty window at the start of an open file; an ordinary file is read up to the size
  /// it has now.
  init(_ file: consuming FileDescriptor) throws(CuveeError) {
    let status = if let known = file.statusWhenOpened { known } else { try file.status() }
    self.file = file
    limit = status.isRegular ? status.size : nil
    unsafe memory = .allocate(byteCount: Self.capacity, alignment: 64)
  }

  deinit { unsafe memory.deallocate() }

  /// Bytes in the window.
  var count: Int { end - start }

  /// The file's size when it was opened, or the end of the range; nil for pipes.
  var size: UInt64? { limit }

  /// The file's offset of the first byte of the window.
  var offset: UInt64 { readOffset - UInt64(count) }

  /// The bytes of the window, valid until the next change.
  var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(rebasing: memory[start..<end]) }

  /// Takes bytes off the front.
  mutating func consume(_ count: Int) {
    precondition(count <= self.count)
    start += count
  }

  /// Restricts an ordinary file to a range and goes to its start.
  mutating func restrict(to range: Range<UInt64>) {
    limit = range.upperBound
    // The window may hold bytes beyond the range: it begins anew.
    start = 0
    end = 0
    readOffset = range.lowerBound
    isAtEnd = false
  }

  /// Goes to an offset of an ordinary file, at most `size`.
  mutating func seek(to target: UInt64) {
    if target >= offset && target <= readOffset {
      start = end - Int(readOffset - target)
    } else {
      start = 0
      end = 0
      readOffset = target
      isAtEnd = false
    }
  }

  /// Reads until the window holds `wanted` bytes or the file ends.
  mutating func fill(to wanted: Int = capacity) throws(StreamFailure) {
    if start > 0 {
      // The front has been used: what is left moves there.
      unsafe memory.copyMemory(from: bytes)
      end = count
      start = 0
    }
    while end < wanted && !isAtEnd {
      end += try unsafe read(into: .init(rebasing: memory[end..<wanted]))
    }
  }

  /// Reads past the window, which must be empty, straight into memory; 0 at the end of the file.
  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamFailure) -> Int {
    let rest = limit.map { Int(clamping: $0 - readOffset) } ?? Int.max
    let target = unsafe UnsafeMutableRawBufferPointer(
      rebasing: buffer[..<min(buffer.count, rest)])
    if rest == 0 {
      isAtEnd = true
      return 0
    }
    let got: Int
    do {
      got =
        unsafe limit == nil
        ? try file.read(into: target) : try file.read(into: target, at: readOffset)
    } catch {
      throw .other(error)
    }
    if got == 0 {
      isAtEnd = true
      if limit != nil {
        throw .other(.badData("\(file.path): was cut short while it was read"))
      }
    }
    readOffset += UInt64(got)
    return got
  }
}
