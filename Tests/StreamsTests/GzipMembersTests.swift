import Bytes
import Testing

@testable import Streams

@Suite struct GzipMembersTests {
  /// A gzip member of stored blocks (RFC 1951 section 3.2.4), so that its size is that of its
  /// content and no compressor is needed.
  static func stored(_ content: [UInt8]) -> [UInt8] {
    var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = content[...]
    repeat {
      let block = rest.prefix(65535)
      rest = rest.dropFirst(65535)
      member.append(rest.isEmpty ? 1 : 0)
      member.appendLittleEndian(UInt16(block.count))
      member.appendLittleEndian(~UInt16(block.count))
      member += block
    } while !rest.isEmpty
    member.appendLittleEndian(crc32(content))
    member.appendLittleEndian(UInt32(content.count))
    return member
  }

  /// CRC-32 by the polynomial division itself (RFC 1952 section 8).
  static func crc32(_ content: [UInt8]) -> UInt32 {
    let table = (0..<256).map { (start: UInt32) in
      (0..<8).reduce(start) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }
    return ~content.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 255)] ^ $0 >> 8 }
  }

  static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = StableRandom(seed: seed, purpose: "gzip tests")
    var bytes: [UInt8] = []
    while bytes.count < count { bytes.appendLittleEndian(random.next()) }
    return Array(bytes.prefix(count))
  }

  /// Members smaller and larger than the window of 1 MiB, so that both ways of decoding and the
  /// changes between them are met.
  @Test(arguments: [
    [1_300_000], [10, 1_300_000, 10, 0, 10], [0, 0, 0], [70_000, 70_000, 1_048_540, 70_000],
    [1_048_600, 5, 5, 5, 5, 1_048_600],
  ])
  func readsMembersOfAllSizes(_ sizes: [Int]) throws {
    let folder = try StreamsTestFolder()
    var file: [UInt8] = []
    var expected: [UInt8] = []
    for (index, size) in sizes.enumerated() {
      let content = Self.noise(size, seed: UInt64(index))
      file += Self.stored(content)
      expected += content
    }
    let path = try folder.write(file, as: "a.warc.gz")
    #expect(try content(of: path, pieces: 1 << 20) == expected)
    #expect(try content(of: path, pieces: 77_777) == expected)
    for cut in [1, 8, 9] {
      let path = try folder.write(file.dropLast(cut), as: "cut.gz")
      let error = cuveeError { () throws(CuveeError) in _ = try content(of: path) }
      #expect(error?.kind == .badData)
    }
  }

  @Test func manyMembersPassTheEndOfTheWindow() throws {
    let folder = try StreamsTestFolder()
    var file: [UInt8] = []
    var expected: [UInt8] = []
    for index in 0..<300 {
      let content = Self.noise(1 + index * 47 % 9000, seed: UInt64(index))
      file += Self.stored(content)
      expected += content
    }
    let path = try folder.write(file, as: "a.warc.gz")
    #expect(file.count > InputWindow.capacity)
    #expect(try content(of: path, pieces: 100_000) == expected)
  }

  @Test func zerosMayFollowAMember() throws {
    let folder = try StreamsTestFolder()
    let zeros = [UInt8](repeating: 0, count: 5000)
    for file in [
      CompressedSample.one + zeros, CompressedSample.one + zeros + CompressedSample.three,
    ] {
      let path = try folder.write(file, as: "a.gz")
      let expected = file.count > 5100 ? "" : "one\ntwo\n"
      #expect(try content(of: path).starts(with: expected.utf8))
    }
    let path = try folder.write(CompressedSample.one + zeros + CompressedSample.three, as: "b.gz")
    #expect(try content(of: path) == Array("one\ntwo\nthree\n".utf8))
  }

  @Test(arguments: [[1], [0, 0, 7], Array("garbage".utf8), [0x1F], [0x1F, 0x8C, 8]] as [[UInt8]])
  func garbageAfterAMemberIsAnError(_ garbage: [UInt8]) throws {
    let folder = try StreamsTestFolder()
    let path = try folder.write(CompressedSample.one + garbage, as: "a.gz")
    let error = cuveeError { () throws(CuveeError) in _ = try content(of: path) }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("at byte 8 of its uncompressed content") == true)
  }
}
