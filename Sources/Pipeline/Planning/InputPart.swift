import Bytes
import Readers
import Streams

/// An input part: a run of small files, a range of a large plain file, or a large compressed file.
/// The unit of ingest.
struct InputPart: Sendable {
  /// The source's ordinal.
  let source: Int
  /// The part's ordinal in its source.
  let index: Int
  /// The files, or the range of one file.
  let files: [InputPartFile]

  /// The bytes that are read.
  var bytes: UInt64 {
    files.reduce(0) { $0 + ($1.range.map { $0.upperBound - $0.lowerBound } ?? $1.status.size) }
  }
}

/// A file of an input part.
struct InputPartFile: Sendable {
  /// The file's ordinal in its source.
  let fileInSource: Int
  let path: String
  let displayPath: String
  /// What the file system said of it when the run was planned.
  let status: FileStatus
  let sha256: Digest
  /// The range of a large plain file, from the start of one record to the start of another.
  let range: Range<UInt64>?
  /// The ordinal of the range's first record.
  let firstRecord: UInt64
}

extension InputPart {
  /// The most files of a part. To open a file takes as long as to read 100 kB, so thousands of tiny
  /// files are worth a worker of their own.
  static let partFiles = 8192

  /// Cuts a source's files into parts.
  ///
  /// Small files go together in the order of their paths up to `partBytes` and `partFiles`; a plain
  /// file of lines that is larger is cut at records; any other large file is a part of its own.
  static func cut(
    _ source: PlannedSource, digests: [DigestFacts], partBytes: UInt64
  ) -> [InputPart] {
    var parts: [InputPart] = []
    var open: [InputPartFile] = []
    var openBytes: UInt64 = 0
    func close() {
      guard !open.isEmpty else { return }
      parts.append(InputPart(source: source.index, index: parts.count, files: open))
      open = []
      openBytes = 0
    }
    for (index, file) in source.files.enumerated() {
      let digest = digests[index]
      func piece(_ range: Range<UInt64>?, firstRecord: UInt64) -> InputPartFile {
        InputPartFile(
          fileInSource: index, path: file.path, displayPath: file.displayPath,
          status: file.status, sha256: digest.sha256, range: range, firstRecord: firstRecord)
      }
      if digest.cuts.count > 1 {
        close()
        for (ordinal, cut) in digest.cuts.enumerated() {
          let end =
            ordinal + 1 < digest.cuts.count ? digest.cuts[ordinal + 1].offset : file.status.size
          open = [piece(cut.offset..<end, firstRecord: cut.record)]
          close()
        }
        continue
      }
      if openBytes + file.status.size > partBytes || open.count == partFiles { close() }
      open.append(piece(nil, firstRecord: 0))
      openBytes += file.status.size
    }
    close()
    return parts
  }
}
