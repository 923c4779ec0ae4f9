import Bytes

/// The lines of a text: what lies between its line feeds.
enum TextLines {
  /// Calls a function with the range of each line, without its line feed. An empty text is one line.
  static func forEach(in text: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
    let bounded = text.extracting(0..<range.upperBound)
    var start = range.lowerBound
    while true {
      let end = ByteSearch.firstIndex(of: 0x0A, 0x0A, 0x0A, in: bounded, from: start)
      body(start..<end)
      if end == range.upperBound { return }
      start = end + 1
    }
  }
}
