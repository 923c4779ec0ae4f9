import Bytes
import Foundation
import TestSupport
import Testing

@testable import Streams

/// Where real corpora are.
enum RealData {
  static let folder = TestData.folder
}

/// Real corpora, in the folder that CUVEE_TESTDATA names.
@Suite(.enabled(if: RealData.folder != nil, "CUVEE_TESTDATA is not set"))
struct RealDataTests {
  /// SHA-256 of what `zstd -dc`, `gzip -dc` and `cat` give.
  @Test(arguments: [
    (
      "pile-00.jsonl.zst", 122_692_532,
      "ccbb281c0cf049e0a2ec6dd40b7b5e2cf9b63a83a5c70250fd5b27d28bba59f2"
    ),
    (
      "realweb.warc.gz", 108_803_671,
      "419705f7a1624c997de8a7865c3dc7dbfa65acf99c303357e72f40d7425834a1"
    ),
  ])
  func readsWholeCorpora(name: String, size: UInt64, digest: String) throws {
    let path = (RealData.folder ?? "") + "/" + name
    var input = try ByteInput(path: path, displayPath: name)
    var hasher = SHA256Hasher()
    var bytes: [UInt8] = []
    while try input.read(into: &bytes, atMost: 1 << 20) > 0 {
      hasher.update(bytes.span)
      bytes.removeAll(keepingCapacity: true)
    }
    #expect(input.position == size)
    #expect(hasher.finalize().hex == digest)
    #expect(input.fileOffset == (try FileSystem.status(path)?.size))
  }

  @Test(arguments: [
    "bad-crc.jsonl.gz", "bitflip.jsonl.gz", "bitflip.jsonl.zst", "bitflip.warc.gz",
    "trailing-garbage.jsonl.gz", "truncated.jsonl.gz", "truncated.jsonl.zst", "truncated.warc.gz",
  ])
  func brokenFilesAreErrors(_ name: String) {
    let path = (RealData.folder ?? "") + "/hostile/made/" + name
    let error = cuveeError { () throws(CuveeError) in
      var input = try ByteInput(path: path, displayPath: name)
      try input.skip(to: .max)
    }
    #expect(error?.kind == .badData)
    #expect(error?.message.hasPrefix("\(name): at byte ") == true, "\(error?.message ?? "")")
  }
}
