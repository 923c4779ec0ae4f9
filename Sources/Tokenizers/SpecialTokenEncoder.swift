import Bytes

/// Finds special tokens in text and lets another encoder have what lies between them.
final class SpecialTokenEncoder: TokenEncoder {
  private let encoder: any TokenEncoder
  private var matcher = AddedTokenMatcher()
  var drain: TokenDrain {
    get { encoder.drain }
    set { encoder.drain = newValue }
  }

  init(_ encoder: any TokenEncoder, specialTokens: [String: UInt32]) {
    self.encoder = encoder
    for (content, id) in specialTokens where !content.isEmpty {
      matcher.add(Array(content.utf8), id: id, isSpecial: true)
    }
  }

  func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    var done = 0
    while let match = matcher.next(in: text, from: done) {
      if match.start > done {
        encoder.encode(text.extracting(done..<match.start), into: &ids)
      }
      ids.append(match.id)
      done = match.end
    }
    if done < text.count || done == 0 {
      encoder.encode(text.extracting(done..<text.count), into: &ids)
    }
  }

  func encodeBatch(
    text: Span<UInt8>, ends: [Int], into ids: inout [UInt32], idEnds: inout [Int]
  ) {
    var start = 0
    for end in ends {
      encode(text.extracting(start..<end), into: &ids)
      idEnds.append(drain.taken + ids.count)
      start = end
    }
  }
}
