import CByteKernels

/// Cuts text into pieces 64 bytes at a time, and the few that this cannot cut one character at a
/// time, as the pattern's `Pretokenizer` does.
///
/// One belongs to one encoder, as the C kernel's description of the pattern does.
@safe struct PieceScanner {
  /// The offsets that `cut` may write beyond those it is asked for.
  static let slack = 64

  /// What the machine can do, least first; the same pieces come from each.
  enum Level: Int32, Sendable, CaseIterable {
    case plain, sse2, avx2, avx512

    /// The best of this machine.
    static let best = Level(rawValue: cuvee_kernel_level()) ?? .plain
    /// All that this machine has.
    static let available = allCases.filter { $0.rawValue <= best.rawValue }
  }

  private let pretokenizer: any Pretokenizer
  /// Invariant: its pointers are those of `ClassPages.reference`, which are never freed.
  private let kernel: cuvee_pattern
  private let level: Level

  /// A scanner for a pattern; nil for one that does not cut.
  init?(_ pattern: PretokenPattern, level: Level = .best) {
    guard let pretokenizer = pattern.pretokenizer else { return nil }
    self.pretokenizer = pretokenizer
    self.level = level
    let family =
      switch pattern {
      case .gpt2, .whole: CUVEE_PATTERN_GPT2
      case .cl100k, .llama3, .qwen2: CUVEE_PATTERN_CL100K
      case .o200k, .tekken: CUVEE_PATTERN_O200K
      }
    let classes = ClassPages.reference
    unsafe kernel = cuvee_pattern(
      pages: classes.pages, values: classes.values, family: UInt8(family),
      single_digits: pattern == .qwen2 || pattern == .tekken ? 1 : 0,
      end_wins: pattern == .cl100k ? 1 : 0, contractions: pattern == .o200k ? 1 : 0)
  }

  /// Cuts pieces from an offset on, where one starts, until enough are cut or the text ends.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - start: Where to begin; set to the end of the last piece.
  ///   - ends: Where the end of each piece is written.
  ///   - count: The pieces in `ends`; raised by those that are cut.
  ///   - limit: How many make enough; `ends` has room for `slack` more.
  ///   - reach: Where it stops before a piece that ends beyond; less than 2^31.
  func cut(
    _ text: Span<UInt8>, from start: inout Int, into ends: inout MutableSpan<UInt32>,
    count: inout Int, limit: Int, reach: Int = 1 << 30
  ) {
    var kernel = unsafe kernel
    while count < limit && start < min(reach, text.count) {
      let capacity = limit + Self.slack
      let found = unsafe text.withUnsafeBufferPointer { bytes in
        unsafe ends.withUnsafeMutableBufferPointer { ends in
          // Both are not empty here, so they have an address; the kernel keeps to their lengths.
          unsafe cuvee_cut_pieces(
            &kernel, level.rawValue, bytes.baseAddress, bytes.count, start,
            ends.baseAddress.map { unsafe $0 + count }, capacity - count)
        }
      }
      count += found
      if found > 0 { start = Int(ends[count - 1]) }
      if count < limit && start < text.count {
        let end = pretokenizer.pieceEnd(in: text, from: start)
        if end > reach { return }
        start = end
        ends[count] = UInt32(start)
        count += 1
      }
    }
  }
}
