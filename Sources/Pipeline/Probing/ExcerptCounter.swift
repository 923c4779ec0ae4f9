import Bytes
import Tokenizers

/// Tokenises excerpts of texts at even distances, as if all texts were one.
final class ExcerptCounter {
  private let encoder: any TokenEncoder
  /// An excerpt is taken of so many bytes; all is taken where that is no more than one.
  /// Where it changes, an excerpt begins anew.
  var every = ProbeSize.excerptBytes {
    didSet { place = 0 }
  }
  private var place = 0
  private var text: [UInt8] = []
  private var ends: [Int] = []
  private var ids: [UInt32] = []
  private var idEnds: [Int] = []

  init(_ encoder: any TokenEncoder) { self.encoder = encoder }

  /// Takes what is to be tokenised of a document.
  func add(_ document: Span<UInt8>) {
    if every <= ProbeSize.excerptBytes {
      take(document, 0..<document.count)
      return
    }
    var start = 0
    while start < document.count {
      let isInside = place < ProbeSize.excerptBytes
      let step = min(document.count - start, (isInside ? ProbeSize.excerptBytes : every) - place)
      if isInside { take(document, start..<start + step) }
      start += step
      place += step
      if place == every { place = 0 }
    }
  }

  /// Takes a range of a text; characters that it cuts are taken whole at its end.
  private func take(_ document: Span<UInt8>, _ range: Range<Int>) {
    func boundary(_ index: Int) -> Int {
      var index = index
      while index < document.count, document[index] & 0xC0 == 0x80 { index += 1 }
      return index
    }
    text.append(document.extracting(boundary(range.lowerBound)..<boundary(range.upperBound)))
    ends.append(text.count)
  }

  /// Tokenises what was taken since the last call.
  func count() -> (bytes: Int, tokens: Int) {
    defer {
      text.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
    }
    ids.removeAll(keepingCapacity: true)
    idEnds.removeAll(keepingCapacity: true)
    encoder.encodeBatch(text: text.span, ends: ends, into: &ids, idEnds: &idEnds)
    return (text.count, ids.count)
  }
}
