import Bytes
import Foundation
import Testing

@Suite struct DigestTests {
  // Computed by coreutils' sha256sum. The counts lie about the ends of SHA-256's blocks.
  static let vectors: [(count: Int, hex: String)] = [
    (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (1, "ca358758f6d27e6cf45272937977a748fd88391db679ceda7dc7bf1f005ee879"),
    (55, "8aa994584139d128848eeebc4e815639ba5ab6e6e39574195a63ac4f14f7c43b"),
    (56, "ad574708f75c044c9b85de64cb568ee7711ff4f36448c6242f053ba8f6cc2b63"),
    (63, "280ed3e8ff1df845b2e7dfe6ac6cee817bef20e783cc65abc41b818b4d2fe076"),
    (64, "c6ab9724ade5b6a7a1edfffb12f3aa9181351355af8fd08c919952ad211339dd"),
    (65, "788367c73c7ddf4c53f65e68cc0d943e6227ab55b0e78ba63ace822b1c6301c0"),
    (111, "dd1413178fb627f9abbc041ffe39c44aa7aaa0e2e6d2ca5c4528ac7073a2da45"),
    (112, "a65c92dac124062d0ab951a42773cb04fc98d1d4bf8897b176f8cff3509d379e"),
    (119, "3d610547d68216dedf7435a4fb6260353911f6b3fd3f18805ddb8be285d726fe"),
    (120, "1f80156a804cb7862ad113e8200e9d74499723e7c7854d5f48776d3148e09656"),
    (127, "192409cd280e14b743642ad1343fbd3e82d9305de72c078117745a679210cc3d"),
    (128, "cc548ca2dec1f6fe4f58b2e27aa9c7521607df1130d140b55a4dad0665302356"),
    (1_000, "5097e7d587352f5097062ae679f37bda5802d9f875aba14c8cb4d1a188ada179"),
    (1_000_000, "668f6709eed11666baa9f0fcd94cbae12c6ad4236918792be36e62d03257fc44"),
  ]

  @Test(arguments: vectors)
  func agreesWithSha256sum(_ vector: (count: Int, hex: String)) {
    let bytes = patternBytes(vector.count)
    #expect(Digest.sha256(bytes.span).hex == vector.hex)
  }

  @Test(arguments: [
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("naïve café ☕", "3d3c2a08f9bcf463b34cb0d849b56b27726240600d33dd255e6fc4730b32cbbb"),
  ])
  func digestsTheUTF8OfStrings(_ text: String, _ hex: String) {
    #expect(Digest.sha256(text).hex == hex)
  }

  @Test func piecesGiveTheDigestOfTheWhole() {
    var random = testRandom("pieces")
    for (count, hex) in Self.vectors where count <= 1000 {
      let bytes = patternBytes(count)
      var hasher = SHA256Hasher()
      // Twice: the hasher starts again after each digest.
      for _ in 0..<2 {
        var start = 0
        while start < count {
          let end = min(count, start + random.below(100))
          hasher.update(bytes.span.extracting(start..<end))
          start = end
        }
        #expect(hasher.finalize().hex == hex)
      }
    }
  }

  @Test func readsWhatItWrites() throws {
    var random = testRandom("digests")
    for _ in 0..<200 {
      let digest = Digest.sha256("\(random.next())")
      #expect(Digest(hex: digest.hex) == digest)
      #expect(digest.description == digest.hex)
      let json = try JSONEncoder().encode([digest])
      #expect(String(decoding: json, as: UTF8.self) == "[\"\(digest.hex)\"]")
      #expect(try JSONDecoder().decode([Digest].self, from: json) == [digest])
    }
  }

  @Test func comparesAsItsDigitsDo() {
    let digests = (0..<200).map { Digest.sha256("\($0)") }
    #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
  }

  @Test(arguments: [
    "", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
    String(repeating: "A", count: 64), String(repeating: "g", count: 64),
    String(repeating: "0", count: 63) + "/", String(repeating: "0", count: 63) + ":",
    String(repeating: "0", count: 63) + "`", String(repeating: "é", count: 32),
  ])
  func refusesWhatIsNoDigest(_ text: String) {
    #expect(Digest(hex: text) == nil)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Digest].self, from: try JSONEncoder().encode([text]))
    }
  }

  @Test(arguments: [
    (0, "0000000000000000"), (1, "0000000000000001"), (0x0123_4567_89AB_CDEF, "0123456789abcdef"),
    (UInt64.max, "ffffffffffffffff"),
  ])
  func writesNumbersInHexadecimal(_ value: UInt64, _ text: String) {
    #expect(Hexadecimal.string(value) == text)
  }
}
