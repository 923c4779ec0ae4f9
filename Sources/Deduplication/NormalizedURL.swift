import Bytes

/// URLs as C4 compares them: without scheme, `www.`, tracking parameters and slashes at the end.
///
/// TensorFlow Datasets, `c4_utils.normalize_url`: `https?:\/\/(www\.)?` goes wherever it is, then
/// what `\?(utm_|ref|feed).*` finds, then every `/` at the end.
enum NormalizedURL {
  private static let scheme = Array("http".utf8)
  private static let slashes = Array("://".utf8)
  private static let www = Array("www.".utf8)
  private static let tracking = ["?utm_", "?ref", "?feed"].map { Array($0.utf8) }

  /// Appends a URL in its normal form.
  static func append(_ url: Span<UInt8>, to output: inout [UInt8]) {
    let start = output.count
    var index = 0
    while index < url.count {
      let length = schemeLength(url, index)
      if length == 0 {
        output.append(url[index])
        index += 1
      } else {
        index += length
      }
    }
    cutTracking(from: start, &output)
    while output.count > start, output.last == 0x2F { output.removeLast() }
  }

  private static func schemeLength(_ url: Span<UInt8>, _ index: Int) -> Int {
    guard url.has(scheme, at: index) else { return 0 }
    var end = index + scheme.count
    if end < url.count, url[end] == 0x73 { end += 1 }
    guard url.has(slashes, at: end) else { return 0 }
    end += slashes.count
    return (url.has(www, at: end) ? end + www.count : end) - index
  }

  /// Python's `.` does not match a line feed, so what a line feed follows stays.
  private static func cutTracking(from start: Int, _ output: inout [UInt8]) {
    var kept = start
    var index = start
    while index < output.count {
      let found = Self.tracking.contains { output.span.has($0, at: index) }
      if found {
        while index < output.count, output[index] != 0x0A { index += 1 }
      } else {
        output[kept] = output[index]
        kept += 1
        index += 1
      }
    }
    output.removeSubrange(kept...)
  }
}

extension Span<UInt8> {
  /// Whether bytes lie at an index.
  fileprivate func has(_ bytes: [UInt8], at index: Int) -> Bool {
    guard count - index >= bytes.count else { return false }
    for offset in bytes.indices where self[index + offset] != bytes[offset] { return false }
    return true
  }
}
