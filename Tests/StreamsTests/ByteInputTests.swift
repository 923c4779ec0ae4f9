import Bytes
import Testing

@testable import Streams

@Suite struct ByteInputTests {
  @Test(arguments: CompressedSample.gzip, [1, 3, 1 << 20])
  func readsGzip(_ sample: CompressedSample, pieces: Int) throws {
    let folder = try StreamsTestFolder()
    let path = try folder.write(sample.bytes, as: "a.jsonl.gz")
    #expect(try content(of: path, pieces: pieces) == Array(sample.content.utf8))
  }

  @Test(arguments: CompressedSample.zstd, [1, 3, 1 << 20])
  func readsZstd(_ sample: CompressedSample, pieces: Int) throws {
    let folder = try StreamsTestFolder()
    let path = try folder.write(sample.bytes, as: "a.jsonl.zst")
    #expect(try content(of: path, pieces: pieces) == Array(sample.content.utf8))
  }

  @Test(arguments: CompressedSample.gzip, ["a.gz"])
  func everyGzipPrefixIsAnError(_ sample: CompressedSample, name: String) throws {
    try expectErrorForEveryPrefix(sample, name: name)
  }

  @Test(arguments: CompressedSample.zstd, ["a.zst"])
  func everyZstdPrefixIsAnError(_ sample: CompressedSample, name: String) throws {
    try expectErrorForEveryPrefix(sample, name: name)
  }

  private func expectErrorForEveryPrefix(_ sample: CompressedSample, name: String) throws {
    let folder = try StreamsTestFolder()
    for length in 0..<sample.bytes.count {
      let path = try folder.write(Array(sample.bytes.prefix(length)), as: name)
      for pieces in [1, 4096] {
        if let whole = sample.wholePrefixes[length] {
          #expect(try content(of: path, pieces: pieces) == Array(whole.utf8))
        } else {
          let error = cuveeError { () throws(CuveeError) in
            _ = try content(of: path, pieces: pieces)
          }
          #expect(error?.kind == .badData, "\(length) bytes")
          #expect(error?.message.hasPrefix(path) == true)
        }
      }
    }
  }

  /// Checksums catch what decoders do not: a changed byte never gives other content.
  @Test func aChangedByteIsAnErrorOrChangesNothing() throws {
    let folder = try StreamsTestFolder()
    let samples =
      CompressedSample.gzip.map { ($0, "a.gz") }
      + CompressedSample.zstd.filter { $0.bytes != CompressedSample.bareFrame }.map {
        ($0, "a.zst")
      }
    for (sample, name) in samples {
      for place in sample.bytes.indices {
        for flip in [0x01, 0x10, 0x80, 0xFF] as [UInt8] {
          var bytes = sample.bytes
          bytes[place] ^= flip
          let path = try folder.write(bytes, as: name)
          var found: [UInt8] = []
          let error = cuveeError { () throws(CuveeError) in found = try content(of: path) }
          if error == nil {
            // A frame whose magic became that of a frame to skip holds nothing, by its format.
            let isWhole = found == Array(sample.content.utf8)
            #expect(isWhole, "\(sample.testDescription), byte \(place), \(flip)")
          } else {
            #expect(error?.kind == .badData)
          }
        }
      }
    }
  }

  @Test func failuresStayFailures() throws {
    let folder = try StreamsTestFolder()
    let path = try folder.write(
      CompressedSample.one + CompressedSample.three.dropLast(), as: "a.gz")
    var input = try ByteInput(path: path, displayPath: "data/a.gz")
    var bytes: [UInt8] = []
    #expect(try input.read(into: &bytes, atMost: 5) == 5)
    let message =
      "data/a.gz: at byte 14 of its uncompressed content: cut short: the file ends inside a gzip"
      + " member; fetch the file again"
    for _ in 0..<3 {
      do throws(CuveeError) {
        _ = try input.read(into: &bytes, atMost: 100)
        Issue.record("no error")
      } catch {
        #expect(error == .badData(message))
      }
    }
    #expect(bytes == Array("one\nt".utf8))
    #expect(input.position == 5)
  }

  @Test func readsRangesOfPlainFiles() throws {
    let folder = try StreamsTestFolder()
    let text = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = try folder.write(text, as: "a.jsonl")
    for range in [0..<50_000, 0..<0, 7..<8, 49_999..<50_000, 123..<45_678] as [Range<UInt64>] {
      let expected = Array(text[Int(range.lowerBound)..<Int(range.upperBound)])
      #expect(try content(of: path, range: range) == expected)
    }
    let beyond = cuveeError { () throws(CuveeError) in
      _ = try content(of: path, range: 10..<50_001, displayPath: "a.jsonl")
    }
    #expect(beyond?.kind == .badData)
    #expect(beyond?.message.contains("has 50000 bytes, 50001 were expected") == true)
    let packed = try folder.write(CompressedSample.one, as: "a.gz")
    let middle = cuveeError { () throws(CuveeError) in _ = try content(of: packed, range: 1..<2) }
    #expect(middle?.kind == .badData)
  }

  @Test(arguments: ["plain", "gz", "zst"])
  func skipsForward(_ kind: String) throws {
    let folder = try StreamsTestFolder()
    let text = Array(CompressedSample.numbers.utf8)
    let path =
      switch kind {
      case "gz": try folder.write(CompressedSample.gzip[4].bytes, as: "a.gz")
      case "zst": try folder.write(CompressedSample.zstd[6].bytes, as: "a.zst")
      default: try folder.write(text, as: "a")
      }
    for offset in [0, 1, 50, 110, 111] {
      var input = try ByteInput(path: path, displayPath: path)
      try input.skip(to: UInt64(offset))
      #expect(input.position == UInt64(offset))
      var bytes: [UInt8] = []
      _ = try input.read(into: &bytes, atMost: 1000)
      #expect(bytes == Array(text[offset...]))
    }
    var input = try ByteInput(path: path, displayPath: path)
    do throws(CuveeError) {
      try input.skip(to: 112)
      Issue.record("skipped beyond the end")
    } catch { #expect(error.kind == .badData) }
    do throws(CuveeError) {
      try input.skip(to: 1)
      Issue.record("went back")
    } catch { #expect(error.kind == .failed) }
  }

  @Test func readsNothingFromAnEmptyFile() throws {
    let folder = try StreamsTestFolder()
    let path = try folder.write([], as: "a.jsonl")
    #expect(try content(of: path) == [])
    #expect(try content(of: path, range: 0..<0) == [])
  }

  @Test func aFolderOrNothingIsAMissingInput() throws {
    let folder = try StreamsTestFolder()
    let directory = cuveeError { () throws(CuveeError) in _ = try content(of: folder.path) }
    #expect(directory == .missingInput("\(folder.path): is a directory"))
    let nothing = cuveeError { () throws(CuveeError) in _ = try content(of: folder.file("no")) }
    #expect(nothing == .missingInput("\(folder.file("no")): no such file"))
  }
}
