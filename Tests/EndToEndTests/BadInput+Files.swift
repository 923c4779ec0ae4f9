import Foundation

extension BadInput {
  private static let good = #"{"text":"good"}"#

  /// Files that are not there, hold nothing, or are not what they seem.
  static let files: [BadInput] = [
    BadInput(
      name: "a missing file", content: nil, status: 66,
      errors: "error: m.yaml:6:18: \"x.jsonl\" matches no file under FOLDER; paths are relative to "
        + "the mixture file, or to --data DIR\n"),
    .read("an empty file", Data(), documents: 0),
    .read(
      "an empty text file", Data(), format: "text", documents: 0,
      bad: [(0, "empty_text", "the text has no characters")]),
    .read("blank lines", Data("\n\n \t\r\n\(good)\n\n\n\(good)\n\n".utf8), documents: 2),
    .read("a byte order mark", Data("\u{FEFF}\(good)\n\(good)\n".utf8), documents: 2),
    .read("CR LF", Data("\(good)\r\n\(good)\r\n\r\n".utf8), documents: 2),
    .read(
      "a line cut off at the end of the file",
      Data("\(good)\n\(good)\n{\"text\":\"cut o".utf8), documents: 2,
      bad: [(2, "malformed_json", "a string is not closed; the record may be cut off")]),
    .read(
      "UTF-16", Data([0xFF, 0xFE]) + (good.data(using: .utf16LittleEndian) ?? Data()),
      documents: 0,
      bad: [(0, "invalid_utf8", "not valid UTF-8: byte 0xFF at offset 0 of the record")]),
    .refused(
      "a Git LFS pointer", "x.jsonl.gz",
      Data("version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n".utf8),
      "is a Git LFS pointer, not data; run `git lfs pull` where it came from"),
    .refused(
      "a Git LFS pointer of a plain file", "x.jsonl",
      Data("version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n".utf8),
      "is a Git LFS pointer, not data; run `git lfs pull` where it came from"),
    .refused(
      "plain text named .gz", "x.jsonl.gz", Data("\(good)\n".utf8),
      "is not gzip data as its name says, but plain text; rename it"),
    .refused(
      "plain text named .zst", "x.jsonl.zst", Data("\(good)\n".utf8),
      "is not zstd data as its name says, but plain text; rename it"),
    .refused(
      "nothing named .gz", "x.jsonl.gz", Data(),
      "is not gzip data as its name says, but empty; was a download cut off?"),
    .refused(
      "a web page named .gz", "x.jsonl.gz", Data("<!DOCTYPE html><title>404</title>".utf8),
      "is not gzip data as its name says, but an HTML page; was a download answered with an "
        + "error?"),
    .refused(
      "zip", "x.jsonl", Data([0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 60)),
      "is compressed with zip, which is not supported; decompress it or compress it with zstd or "
        + "gzip"),
  ]

  // gzip 1.12: `yes '{"text":"good"}' | head -5 | gzip -n9`; zstd 1.5.4: the same to `zstd -3`.
  private static let gzip = bytes(
    "1f8b0800000000000203ab562a49ad2851b2524acfcf4f51aae5aaa6900f00c78959d650000000")
  private static let zstd = bytes(
    "28b52ffd0458bd0000807b2274657874223a22676f6f64227d0a01003ad25c0282b857f6")

  /// Files with something wrong in their compression.
  static let packed: [BadInput] = [
    .read("gzip", gzip, in: "x.jsonl.gz", documents: 5),
    .read("gzip of another name", gzip, in: "x.jsonl", documents: 5),
    .read("two members", gzip + gzip, in: "x.jsonl.gz", documents: 10),
    .read("zstd", zstd, in: "x.jsonl.zst", documents: 5),
    .read("two frames", zstd + zstd, in: "x.jsonl.zst", documents: 10),
    .failed(
      "truncated gzip", "x.jsonl.gz", gzip + gzip.dropLast(9),
      "at byte 160 of its uncompressed content: cut short: the file ends inside a gzip member; "
        + "fetch the file again"),
    .failed(
      "truncated zstd", "x.jsonl.zst", zstd + zstd.dropLast(),
      "at byte 160 of its uncompressed content: cut short: the file ends inside a zstd frame; "
        + "fetch the file again"),
    .failed(
      "half a gzip header", "x.jsonl.gz", bytes("1f8b0800"),
      "at byte 0 of its uncompressed content: cut short: the file ends inside a gzip member; "
        + "fetch the file again"),
    .failed(
      "half a zstd header", "x.jsonl.zst", bytes("28b52ffdffffff"),
      "at byte 0 of its uncompressed content: cut short: the file ends inside a zstd frame; "
        + "fetch the file again"),
    .failed(
      "a gzip method that is none", "x.jsonl.gz", bytes("1f8b09000000000000030000"),
      "at byte 0 of its uncompressed content: corrupt gzip data: unknown compression method; "
        + "fetch the file again"),
    .failed(
      "a zstd block of a kind that is none", "x.jsonl.zst", bytes("28b52ffd00000700000000"),
      "at byte 0 of its uncompressed content: corrupt zstd data: Data corruption detected; fetch "
        + "the file again"),
    .failed(
      "a gzip checksum that does not fit", "x.jsonl.gz", gzip.dropLast(8) + Data(count: 8),
      "at byte 80 of its uncompressed content: corrupt gzip data: incorrect data check; fetch the "
        + "file again"),
    .failed(
      "a zstd checksum that does not fit", "x.jsonl.zst", zstd.dropLast(4) + Data(count: 4),
      "at byte 3 of its uncompressed content: corrupt zstd data: the checksum does not fit; fetch "
        + "the file again"),
    .failed(
      "garbage after gzip", "x.jsonl.gz", gzip + Data("garbage".utf8),
      "at byte 80 of its uncompressed content: bytes that are not gzip data follow the last gzip "
        + "member; fetch the file again"),
    .failed(
      "a zstd window of 256 MiB", "x.jsonl.zst", bytes("28b52ffd0090010000"),
      "has a zstd window larger than 128 MiB, which is the limit; recompress it with "
        + "`zstd --long=27` or without --long"),
    .failed(
      "a zstd bomb of spaces", "x.jsonl.zst", zstdBomb(of: 0x20, mebibytes: 2048),
      "its first 32778 bytes expand to more than 1 GiB and more than 2000 times their size, which "
        + "is the limit; if it is sound, decompress it first"),
    .failed(
      "a zstd bomb of blank lines", "x.jsonl.zst", zstdBomb(of: 0x0A, mebibytes: 2048),
      "its first 32778 bytes expand to more than 1 GiB and more than 2000 times their size, which "
        + "is the limit; if it is sound, decompress it first"),
    .read(
      "a zstd bomb of one line within the ratio",
      zstdBomb(of: 0x20, mebibytes: 64) + zstdBomb(of: 0x61, mebibytes: 512), in: "x.jsonl.zst",
      documents: 0,
      bad: [(0, "too_large", "larger than the limit on records, 256 MiB")]),
    .read(
      "a gzip bomb of blank lines", gzipBomb(of: 0x0A, mebibytes: 64) + gzip, in: "x.jsonl.gz",
      documents: 5),
  ]

  /// A zstd frame of blocks that repeat one byte: four bytes for each 128 KiB (RFC 8878 section
  /// 3.1.1.2).
  private static func zstdBomb(of byte: UInt8, mebibytes: Int) -> Data {
    let count = mebibytes * 8
    // No checksum, no content size, a window of 128 KiB; blocks of 2^17 bytes, kind 1.
    var bomb = bytes("28b52ffd0038")
    for block in 1...count {
      let header = (1 << 17) << 3 | 1 << 1 | (block == count ? 1 : 0)
      bomb += [UInt8(header & 0xFF), UInt8(header >> 8 & 0xFF), UInt8(header >> 16), byte]
    }
    return bomb
  }

  private static func gzipBomb(of byte: UInt8, mebibytes: Int) -> Data {
    (try? Packer.pack(Data(repeating: byte, count: mebibytes << 20), with: "gzip")) ?? Data()
  }

  private static func bytes(_ hexadecimal: String) -> Data {
    let digits = Array(hexadecimal.utf8)
    return Data(
      stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
      })
  }
}
