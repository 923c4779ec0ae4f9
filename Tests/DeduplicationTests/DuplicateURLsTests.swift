import Declarations
import Bytes
import Documents
import Testing

@testable import Deduplication

@Suite struct DuplicateURLsTests {
  /// From `c4_utils.normalize_url` of TensorFlow Datasets 4.9.10.
  @Test(arguments: [
    ("http://a.org", "a.org"),
    ("https://www.a.org/", "a.org"),
    ("www.a.org", "www.a.org"),
    ("HTTP://a.org", "HTTP://a.org"),
    ("http://www.a.org/x?utm_source=1&b=2", "a.org/x"),
    ("a.org/?reference=1", "a.org"),
    ("a.org/?b=1?feed=2", "a.org/?b=1"),
    ("https://web.archive.org/https://www.b.org//", "web.archive.org/b.org"),
    ("httpss://a", "httpss://a"),
    ("http:/a", "http:/a"),
    ("http://http://www.www.a", "www.a"),
    ("a?ref\nb?feed", "a\nb"),
    ("?utm", "?utm"),
    ("a?utm_", "a"),
    ("///", ""),
    ("", ""),
    ("https://é.org/ß?ref", "é.org/ß"),
    ("http", "http"),
    ("https:", "https:"),
    ("a?re?ref=1", "a?re"),
  ])
  func normalFormIsC4s(url: String, wanted: String) {
    let bytes = Array(url.utf8)
    var output = [UInt8]("before/".utf8)
    NormalizedURL.append(bytes.span, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == "before/" + wanted)
  }

  private struct Page {
    var url = ""
    var time = ""
    var text = "x"
  }

  private func signatures(_ barrier: any Barrier, _ pages: [Page]) -> [Signature] {
    var batch = DocumentBatch()
    for page in pages {
      let (url, time, text) = (Array(page.url.utf8), Array(page.time.utf8), Array(page.text.utf8))
      batch.appendText(text.span)
      batch.appendURL(url.span)
      batch.appendTimestamp(time.span)
      batch.endDocument(origin: Origin(file: 0, record: 0, byteOffset: 0))
    }
    var signatures: [Signature] = []
    barrier.sign(batch, firstDocument: 10, into: &signatures)
    return signatures
  }

  @Test func formsOfAURLAreOneAndDocumentsWithoutOneAreLikeNone() {
    let found = signatures(
      DuplicateURLs(),
      [Page(url: "http://a.org/"), Page(url: "https://www.a.org"), Page(), Page(url: "b.org")])
    #expect(found.map(\.document) == [10, 11, 13])
    #expect(found[0].key == found[1].key && found[0].key != found[2].key)
    #expect(found.allSatisfy { $0.rank == 0 })
  }

  @Test func theNewestRanksFirst() {
    let times = [
      "2019-04-25T12:57:54Z", "2019-04-25T12:57:55Z", "20190425125755", "2018", "", "2019-04-25",
    ]
    let ranks = signatures(
      DuplicateURLs(keep: .newest), times.map { Page(url: "a", time: $0) }
    ).map(\.rank)
    #expect(ranks[1] < ranks[0] && ranks[1] == ranks[2] && ranks[0] < ranks[5])
    #expect(ranks[5] < ranks[3] && ranks[3] < ranks[4])
  }

  /// The order of Python's `hashlib.md5(url).hexdigest()`: a.org 0x1b88, b.org
  /// 0x37d1, c.org 0x9d4a.
  @Test func theSmallestMD5RanksFirst() {
    let urls = ["a.org", "b.org", "c.org"]
    let ranks = signatures(DuplicateURLs(keep: .urlMD5), urls.map { Page(url: $0) }).map(\.rank)
    #expect(ranks.map { $0 >> 48 } == [0x1b88, 0x37d1, 0x9d4a])
  }
}
