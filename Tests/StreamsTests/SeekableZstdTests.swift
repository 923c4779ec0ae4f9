import Bytes
import Testing

@testable import Streams

@Suite struct SeekableZstdTests {
  static let pieces = [5000, 1, 0, 20_000, 333].map { ZstdFrameTests.text($0) }
  static var whole: [UInt8] { Array(pieces.joined()) }

  static func make(_ path: String) throws -> SeekableZstdSummary {
    var writer = try SeekableZstdWriter(path: path, level: 3)
    var compressor = ZstdCompressor(level: 3)
    for (index, piece) in pieces.enumerated() {
      if index % 2 == 0 {
        try writer.appendFrame(piece.span)
      } else {
        var frame: [UInt8] = []
        try compressor.appendFrame(of: piece.span, to: &frame)
        try writer.append(compressedFrame: frame.span, raw: piece.span)
      }
    }
    return try writer.finish()
  }

  @Test func summaryDescribesTheFile() throws {
    let folder = try StreamsTestFolder()
    let summary = try Self.make(folder.file("a.zst"))
    let file = try FileSystem.readFile(folder.file("a.zst"))
    let whole = Self.whole
    #expect(summary.frames == 4)
    #expect(summary.rawBytes == UInt64(whole.count))
    #expect(summary.compressedBytes == UInt64(file.count))
    #expect(summary.rawSHA256 == .sha256(whole.span))
    #expect(summary.compressedSHA256 == .sha256(file.span))
    #expect(summary.rawXXH64 == Hexadecimal.string(StableHash.xxh64(whole.span)))
    #expect(summary.compressedXXH64 == Hexadecimal.string(StableHash.xxh64(file.span)))
    #expect(try content(of: folder.file("a.zst")) == whole)
  }

  /// The layout, byte by byte, of zstd's contrib/seekable_format.
  @Test func seekTableHasTheFormatsLayout() throws {
    let folder = try StreamsTestFolder()
    var writer = try SeekableZstdWriter(path: folder.file("a.zst"), level: 3)
    let raw = Array("one\ntwo\n".utf8)
    let frame = CompressedSample.sizedFrame
    try writer.append(compressedFrame: frame.span, raw: raw.span)
    _ = try writer.finish()
    // XXH64 of the content ends in 400ea6e6: the frame's own checksum, which has the same bits.
    let table = hex("5e2a4d18" + "15000000" + "15000000" + "08000000" + "e6a60e40")
    let footer = hex("01000000" + "80" + "b1ea928f")
    #expect(try FileSystem.readFile(folder.file("a.zst")) == frame + table + footer)
  }

  @Test func readsFramesAndRanges() throws {
    let folder = try StreamsTestFolder()
    _ = try Self.make(folder.file("a.zst"))
    var reader = try SeekableZstdReader(path: folder.file("a.zst"), displayPath: "a.zst")
    let whole = Self.whole
    #expect(reader.frameCount == 4)
    #expect(reader.rawSize == UInt64(whole.count))
    var joined: [UInt8] = []
    for frame in 0..<4 {
      #expect(reader.rawRange(ofFrame: frame).lowerBound == UInt64(joined.count))
      try reader.appendFrame(frame, to: &joined)
    }
    #expect(joined == whole)
    var random = StableRandom(seed: 1, purpose: "ranges")
    var output: [UInt8] = []
    for _ in 0..<200 {
      let a = random.below(whole.count + 1)
      let b = random.below(whole.count + 1)
      let range = min(a, b)..<max(a, b)
      try reader.read(UInt64(range.lowerBound)..<UInt64(range.upperBound), into: &output)
      #expect(output == Array(whole[range]))
    }
    for offset in [0, 1, whole.count - 1] {
      let frame = reader.frame(holding: UInt64(offset))
      #expect(reader.rawRange(ofFrame: frame).contains(UInt64(offset)))
    }
    do throws(CuveeError) {
      try reader.read(5..<UInt64(whole.count + 1), into: &output)
      Issue.record("read beyond the end")
    } catch { #expect(error.kind == .badData) }
    do throws(CuveeError) {
      try reader.appendFrame(4, to: &output)
      Issue.record("read a frame that is not there")
    } catch { #expect(error.kind == .badData) }
  }

  @Test func aFileOfNoFramesIsSound() throws {
    let folder = try StreamsTestFolder()
    var writer = try SeekableZstdWriter(path: folder.file("a.zst"), level: 3)
    try writer.appendFrame([UInt8]().span)
    let summary = try writer.finish()
    #expect(summary.frames == 0 && summary.rawBytes == 0 && summary.compressedBytes == 17)
    var reader = try SeekableZstdReader(path: folder.file("a.zst"), displayPath: "a.zst")
    var output: [UInt8] = [1]
    try reader.read(0..<0, into: &output)
    #expect(output == [])
    #expect(try content(of: folder.file("a.zst")) == [])
  }

  /// Cut anywhere it is refused; with any byte changed it is refused or gives the same content.
  @Test func damageIsFound() throws {
    let folder = try StreamsTestFolder()
    var writer = try SeekableZstdWriter(path: folder.file("a.zst"), level: 3)
    let pieces = [ZstdFrameTests.text(3), ZstdFrameTests.text(9)]
    for piece in pieces { try writer.appendFrame(piece.span) }
    _ = try writer.finish()
    let sound = try FileSystem.readFile(folder.file("a.zst"))
    func readAll(_ bytes: [UInt8]) throws -> (content: [UInt8], error: CuveeError?) {
      let path = try folder.write(bytes, as: "b.zst")
      var output: [UInt8] = []
      let error = cuveeError { () throws(CuveeError) in
        var reader = try SeekableZstdReader(path: path, displayPath: "b.zst")
        for frame in 0..<reader.frameCount { try reader.appendFrame(frame, to: &output) }
      }
      return (output, error)
    }
    for length in 0..<sound.count {
      let (_, error) = try readAll(Array(sound.prefix(length)))
      #expect(error?.kind == .badData, "\(length) bytes")
    }
    for place in sound.indices {
      var bytes = sound
      bytes[place] ^= 0x41
      let (output, error) = try readAll(bytes)
      #expect(error?.kind == .badData || output == Array(pieces.joined()), "byte \(place)")
    }
  }

  @Test func framesThatDoNotFitTheirContentAreRefused() throws {
    let folder = try StreamsTestFolder()
    var writer = try SeekableZstdWriter(path: folder.file("a.zst"), level: 3)
    let raw = Array("one\ntwo\nx".utf8)
    for frame in [CompressedSample.sizedFrame, CompressedSample.oneFrame, [1, 2, 3]] {
      do throws(CuveeError) {
        try writer.append(compressedFrame: frame.span, raw: raw.span)
        Issue.record("taken")
      } catch { #expect(error.kind == .failed) }
    }
  }
}
