import Bytes
import Testing

@testable import Streams

@Suite struct ZstdFrameTests {
  static func text(_ count: Int) -> [UInt8] {
    Array((0..<count).map { "line \($0 * $0 % 97)\n" }.joined().utf8)
  }

  @Test(arguments: [0, 1, 100, 30_000], [1, 3, 19] as [Int32])
  func roundTrips(lines: Int, level: Int32) throws {
    let raw = Self.text(lines)
    var compressor = ZstdCompressor(level: level)
    var frame: [UInt8] = [42]
    try compressor.appendFrame(of: raw.span, to: &frame)
    // Frame header descriptor (RFC 8878 section 3.1.1.1.1): bit 2 is the checksum; a size of
    // content is there when bits 6 and 7 or bit 5 are set.
    #expect(frame[5] & 0x04 != 0)
    #expect(frame[5] & 0xE0 != 0)
    var decompressor = ZstdDecompressor()
    var output: [UInt8] = [7]
    try decompressor.appendContent(of: frame.span.extracting(droppingFirst: 1), to: &output)
    #expect(output == [7] + raw)
  }

  @Test func framesDoNotDependOnWhatWentBefore() throws {
    var compressor = ZstdCompressor(level: 3)
    var first: [UInt8] = []
    var second: [UInt8] = []
    let raw = Self.text(1000)
    try compressor.appendFrame(of: raw.span, to: &first)
    try compressor.appendFrame(of: raw.span, to: &second)
    #expect(first == second)
  }

  /// Bytes that are not one whole frame that tells its size.
  static let unsound: [(name: String, bytes: [UInt8])] = [
    ("cut", CompressedSample.sizedFrame.dropLast()),
    ("longer", CompressedSample.sizedFrame + [0]),
    ("two", CompressedSample.sizedFrame + CompressedSample.sizedFrame),
    ("without size", CompressedSample.oneFrame),
    ("nothing", []),
    ("other bytes", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    // A content size of 2^60 bytes before an empty last block.
    ("impossible size", hex("28b52ffdc0580000000000000010010000")),
    // The size says 9, the block holds 8.
    ("wrong size", hex("28b52ffd20094100006f6e650a74776f0a")),
  ]

  @Test(arguments: unsound)
  func refuses(name: String, frame: [UInt8]) {
    var decompressor = ZstdDecompressor()
    var output: [UInt8] = [7]
    do throws(CuveeError) {
      try decompressor.appendContent(of: frame.span, to: &output)
      Issue.record("\(name) was taken")
    } catch { #expect(error.kind == .badData) }
    #expect(output == [7])
    // The next frame is decoded all the same.
    let sound = CompressedSample.sizedFrame
    #expect(throws: Never.self) { try decompressor.appendContent(of: sound.span, to: &output) }
    #expect(output == [7] + Array("one\ntwo\n".utf8))
  }
}
