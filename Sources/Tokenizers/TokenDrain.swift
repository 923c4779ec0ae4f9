import Bytes

/// Takes ids off an encoder before the end of a text, so that a text of any length takes the memory of
/// its bytes and not of its ids.
///
/// One that takes nothing, which is what encoders begin with, changes nothing.
public final class TokenDrain {
  /// The ids that are gathered before they are taken: 4 MiB of them.
  public static let usualLimit = 1 << 20

  private let limit: Int
  private let take: (Span<UInt32>) -> Void
  /// The ids that were taken so far.
  public private(set) var taken = 0
  /// Whether ids were taken that are not those of the text after all. They count for nothing then, and
  /// the text is to be encoded again without a drain.
  public private(set) var hasFailed = false

  /// A drain that takes nothing.
  public init() {
    limit = .max
    take = { _ in }
  }

  /// A drain.
  ///
  /// - Parameters:
  ///   - limit: The ids that are gathered before they are taken.
  ///   - take: Takes ids, which follow those before.
  public init(limit: Int = usualLimit, take: @escaping (Span<UInt32>) -> Void) {
    self.limit = max(limit, 2)
    self.take = take
  }

  /// Takes all ids of a list, at the end of a text.
  public func finish(_ ids: inout [UInt32]) {
    take(ids.span)
    taken += ids.count
    ids.removeAll(keepingCapacity: true)
  }

  /// Whether it takes anything.
  var isActive: Bool { limit < .max }

  /// Whether there are so many that some are taken next.
  func wants(_ ids: [UInt32]) -> Bool { ids.count > limit }

  /// Takes ids where there are many: all but the last, which may take in an unknown one behind it.
  @inline(__always)
  func relieve(_ ids: inout [UInt32]) {
    if ids.count > limit { takeMost(&ids) }
  }

  @inline(never)
  private func takeMost(_ ids: inout [UInt32]) {
    let count = ids.count - 1
    let last = ids[count]
    take(ids.span.extracting(0..<count))
    taken += count
    ids.removeAll(keepingCapacity: true)
    ids.append(last)
  }

  /// The place in a list of what was at a place when so many were taken, as `taken` plus the place says;
  /// 0 where it was taken since.
  func index(of position: Int) -> Int { max(0, position - taken) }

  /// Takes back what was appended since there were so many ids, as `taken` plus their number says.
  func rollBack(_ ids: inout [UInt32], to position: Int) {
    if position < taken { hasFailed = true }
    ids.removeSubrange(min(index(of: position), ids.count)...)
  }
}
