import Bytes
import Foundation
import Testing

@testable import Shards

/// The `index.json` that MosaicML Streaming 0.13.0's `MDSWriter` wrote for its shard of three rows.
private let clientsIndex = """
  {"shards": [{"column_encodings": ["uint64", "uint16", "ndarray:uint16:4"], "column_names": \
  ["row", "source", "tokens"], "column_sizes": [8, 2, 8], "compression": "zstd:3", "format": \
  "mds", "hashes": ["sha256", "xxh64"], "raw_data": {"basename": "shard.00000.mds", "bytes": 320, \
  "hashes": {"sha256": "b08b5e3dbb5cfd4256d220f144eb18e53577146d4d68c7177f85358bf7195a22", \
  "xxh64": "9d5949003aa474fb"}}, "samples": 3, "size_limit": 268435456, "version": 2, "zip_data": \
  {"basename": "shard.00000.mds.zstd", "bytes": 230, "hashes": {"sha256": \
  "26304791efe5029e5e18cad8da7de276718f2776164d92739ec2799c788c5852", "xxh64": \
  "169c57b7a29b2564"}}}], "version": 2}
  """

@Suite struct MDSIndexTests {
  private func entry() throws -> FileEntry {
    let json = """
      {"file": "01-x/shard.00000.mds.zstd", "raw_bytes": 320, "compressed_bytes": 230,
       "raw_xxh64": "9d5949003aa474fb",
       "raw_sha256": "b08b5e3dbb5cfd4256d220f144eb18e53577146d4d68c7177f85358bf7195a22",
       "compressed_xxh64": "169c57b7a29b2564",
       "compressed_sha256": "26304791efe5029e5e18cad8da7de276718f2776164d92739ec2799c788c5852"}
      """
    return try JSONDecoder().decode(FileEntry.self, from: Data(json.utf8))
  }

  @Test func isTheClientsOwn() throws {
    let shard = MDSShard(
      file: try entry(), basename: "shard.00000.mds.zstd", rows: 3,
      columns: RowColumns(sequenceLength: 4, width: .two), sizeLimit: 1 << 28, level: 3)
    let index = MDSIndex(shards: [shard])
    let theirs = try JSONDecoder().decode(MDSIndex.self, from: Data(clientsIndex.utf8))
    #expect(index == theirs)
    // Same keys and values, no more and no less: a client refuses a key that it does not know.
    let ours = try JSONSerialization.jsonObject(with: Data(StableJSON.pretty(index)))
    let reference = try JSONSerialization.jsonObject(with: Data(clientsIndex.utf8))
    #expect((ours as? NSDictionary) == (reference as? NSDictionary))
  }

  @Test func isWrittenAndRead() throws {
    let folder = try ShardsTestFolder()
    let theirs = try JSONDecoder().decode(MDSIndex.self, from: Data(clientsIndex.utf8))
    try theirs.write(to: folder.file("index.json"))
    #expect(try MDSIndex.read(path: folder.file("index.json"), displayPath: "x") == theirs)
    try Data("{\"version\": 2}".utf8).write(to: URL(fileURLWithPath: folder.file("bad.json")))
    let error = #expect(throws: CuveeError.self) {
      _ = try MDSIndex.read(path: folder.file("bad.json"), displayPath: "OUT/bad.json")
    }
    #expect(error == .badData("OUT/bad.json: key \"shards\" is missing"))
  }
}
