import Bytes
import Testing

@testable import Streams

@Suite struct RecognitionTests {
  static let pointer = Array(
    """
    version https://git-lfs.github.com/spec/v1
    oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
    size 12345

    """.utf8)

  static let refused: [(name: String, bytes: [UInt8], words: String)] = [
    ("a.jsonl.gz", pointer, "is a Git LFS pointer, not data; run `git lfs pull`"),
    ("a.jsonl", pointer, "is a Git LFS pointer"),
    (
      "a.jsonl.gz", Array("{\"text\": \"x\"}\n".utf8),
      "not gzip data as its name says, but plain text"
    ),
    (
      "a.jsonl.ZST", Array("{\"text\": \"x\"}\n".utf8),
      "not zstd data as its name says, but plain"
    ),
    ("a.zstd", CompressedSample.one, "not zstd data as its name says, but gzip data; rename it"),
    (
      "a.gz", CompressedSample.oneFrame,
      "not gzip data as its name says, but zstd data; rename it"
    ),
    ("a.gz", [], "but empty"),
    ("a.gz", Array("<!DOCTYPE html><html>".utf8), "an HTML page"),
    ("a.gz", [0, 1, 2, 3], "something else"),
    ("a.jsonl.bz2", Array("BZh91AY&SY".utf8), "compressed with bzip2, which is not supported"),
    ("a.jsonl.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed with xz"),
    ("a.lz4", [0x04, 0x22, 0x4D, 0x18, 0x64], "compressed with lz4"),
    ("a.zip", [0x50, 0x4B, 0x03, 0x04], "compressed with zip"),
  ]

  @Test(arguments: refused)
  func refuses(name: String, bytes: [UInt8], words: String) throws {
    let folder = try StreamsTestFolder()
    let path = try folder.write(bytes, as: name)
    let error = cuveeError { () throws(CuveeError) in
      _ = try ByteInput(path: path, displayPath: "data/" + name)
    }
    #expect(error?.kind == .badData)
    #expect(error?.message.hasPrefix("data/\(name): ") == true)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "no error")")
  }

  static let taken: [(name: String, bytes: [UInt8], compression: Compression)] = [
    ("a.jsonl", CompressedSample.one, .gzip), ("a", CompressedSample.oneFrame, .zstd),
    ("a", CompressedSample.skippable, .zstd), ("a.jsonl", Array("{}".utf8), .plain),
    ("a.jsonl", [], .plain), ("a.txt", Array("BZh is no magic".utf8), .plain),
    ("a.GZ", CompressedSample.one, .gzip), ("a.txt", [0x28, 0xB5, 0x2F], .plain),
  ]

  @Test(arguments: taken)
  func goesByTheBytes(name: String, bytes: [UInt8], compression: Compression) throws {
    let folder = try StreamsTestFolder()
    let path = try folder.write(bytes, as: name)
    let input = try ByteInput(path: path, displayPath: path)
    #expect(input.compression == compression)
  }

  /// Frame headers by hand (RFC 8878 section 3.1.1.1.2: the window is 2^(10 + exponent)), each
  /// with one empty last block.
  @Test func windowsAreLimited() throws {
    let folder = try StreamsTestFolder()
    let largest = try folder.write(hex("28b52ffd0088010000"), as: "27.zst")
    #expect(try content(of: largest) == [])
    let beyond = try folder.write(hex("28b52ffd0090010000"), as: "28.zst")
    let error = cuveeError { () throws(CuveeError) in
      _ = try content(of: beyond, displayPath: "28.zst")
    }
    #expect(
      error
        == .badData(
          "28.zst: has a zstd window larger than 128 MiB, which is the limit; recompress it with"
            + " `zstd --long=27` or without --long"))
  }

  @Test func dictionariesAreNamed() throws {
    let folder = try StreamsTestFolder()
    // Frame header with a dictionary of number 7, then an empty last block.
    let path = try folder.write(hex("28b52ffd015807010000"), as: "a.zst")
    let error = cuveeError { () throws(CuveeError) in _ = try content(of: path) }
    #expect(error?.message.contains("needs a zstd dictionary") == true, "\(error?.message ?? "")")
  }

  @Test func garbageAfterAFrameIsAnError() throws {
    let folder = try StreamsTestFolder()
    for garbage in [[0], [1, 2, 3, 4, 5], Array("garbage".utf8)] as [[UInt8]] {
      let path = try folder.write(CompressedSample.oneFrame + garbage, as: "a.zst")
      let error = cuveeError { () throws(CuveeError) in _ = try content(of: path) }
      #expect(error?.kind == .badData)
    }
  }
}
