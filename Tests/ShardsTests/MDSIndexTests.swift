import Bytes
import Foundation
import Testing

@testable import Shards

/// The `index.json` that MosaicML Streaming 0.13.0's `MDSWriter` wrote for its shard of three rows.
private let clientsIndex = """
  {"shards": [{"column_encodings": ["int64", "uint16", "ndarray:uint16:4"], "column_names": \
  ["row", "source", "tokens"], "column_sizes": [8, 2, 8], "compression": "zstd:3", "format": \
  "mds", "hashes": ["sha256", "xxh64"], "raw_data": {"basename": "shard.00000.mds", "bytes": \
  319, "hashes": {"sha256": \
  "cd8a310f0890d01a4402a4ce67f4ebfeb06ed4f4e89ccb662cf54c9679729ec9", "xxh64": \
  "a723f9be31bf563a"}}, "samples": 3, "size_limit": 268435456, "version": 2, "zip_data": \
  {"basename": "shard.00000.mds.zstd", "bytes": 228, "hashes": {"sha256": \
  "f62972f644865958b1b0bdf5c99febac12d297ef3de4e7b257d0d0028772c2a6", "xxh64": \
  "b2b1e47115a01793"}}}], "version": 2}
  """

@Suite struct MDSIndexTests {
  private func entry() throws -> FileEntry {
    let json = """
      {"file": "01-x/shard.00000.mds.zstd", "raw_bytes": 319, "compressed_bytes": 228,
       "raw_xxh64": "a723f9be31bf563a",
       "raw_sha256": "cd8a310f0890d01a4402a4ce67f4ebfeb06ed4f4e89ccb662cf54c9679729ec9",
       "compressed_xxh64": "b2b1e47115a01793",
       "compressed_sha256": "f62972f644865958b1b0bdf5c99febac12d297ef3de4e7b257d0d0028772c2a6"}
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
