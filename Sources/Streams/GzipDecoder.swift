/// Gives the content of a gzip file of any number of members.
///
/// WARC and BGZF files have a member a record or block: those are decoded whole. Larger members
/// are decoded piece by piece, so that memory stays bounded.
final class GzipDecoder: ByteDecoder {
  /// A member is tried whole when the window holds this much or all of the file; the window is
  /// filled up when it holds less.
  private static let least = 1 << 17
  /// After members too large for one go, how many are not tried: 1, 2, 4 ... up to this many.
  private static let longestPause = 64

  private var window: InputWindow
  private var whole = MemberDecoder()
  private var pieces = InflateStream()
  private var isInsideMember = false
  private var membersSeen = false
  private var pause = 0
  private var untried = 0

  init(_ window: consuming InputWindow) { self.window = window }

  var fileOffset: UInt64 { window.offset }

  func step(into buffer: inout [UInt8], atMost count: Int) throws(StreamFailure) -> Int {
    while true {
      let taken = whole.take(into: &buffer, atMost: count)
      if taken > 0 { return taken }
      if isInsideMember {
        let inflated = try inflate(into: &buffer, atMost: count)
        if inflated > 0 { return inflated }
      } else {
        guard try findMember() else { return 0 }
        decodeOrBegin()
      }
    }
  }

  /// Goes to the next member; false at the end of the file. Zeros may follow a member, as padding
  /// of blocks does; anything else that is not a member is an error.
  private func findMember() throws(StreamFailure) -> Bool {
    while true {
      if window.count < Self.least { try window.fill() }
      let zeros = membersSeen ? unsafe window.bytes.prefix { $0 == 0 }.count : 0
      window.consume(zeros)
      if zeros > 0 { continue }
      if window.count == 0 { return false }
      let magic: [UInt8] = unsafe Array(window.bytes.prefix(2))
      if magic == [0x1F] { throw .corrupt("cut short: the file ends inside a gzip header") }
      guard magic == [0x1F, 0x8B] else {
        throw .corrupt("bytes that are not gzip data follow the last gzip member")
      }
      membersSeen = true
      return true
    }
  }

  /// Decodes the member at hand whole, or begins to decode it in pieces.
  private func decodeOrBegin() {
    if untried > 0 {
      untried -= 1
    } else if whole.decode(&window) {
      pause = 0
      return
    } else {
      pause = min(max(1, pause * 2), Self.longestPause)
      untried = pause
    }
    pieces.reset()
    isInsideMember = true
  }

  /// A step through a large member; 0 when it ended.
  private func inflate(
    into buffer: inout [UInt8], atMost count: Int
  ) throws(StreamFailure) -> Int {
    let before = buffer.count
    while isInsideMember && buffer.count == before {
      if window.count == 0 {
        try window.fill()
        if window.count == 0 {
          throw .corrupt("cut short: the file ends inside a gzip member")
        }
      }
      var problem: String?
      unsafe buffer.append(room: count) { free in
        let (written, outcome) = unsafe pieces.inflate(&window, into: free)
        switch outcome {
        case .more: break
        case .memberEnd: isInsideMember = false
        case .corrupt(let words): problem = words
        }
        return written
      }
      if let problem { throw .corrupt("corrupt gzip data: \(problem)") }
    }
    return buffer.count - before
  }
}
