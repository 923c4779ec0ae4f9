import Bytes
import Streams

/// zstd frames, single ones too, and the seekable format.
struct ZstdTarget: FuzzTarget {
  static let name = "zstd"
  private let stream = StreamReading()
  private let file = ScratchFile()

  func run(_ bytes: [UInt8]) {
    let content = stream.check(bytes, name: "fuzz.zst")
    var frame: [UInt8] = [42]
    var decompressor = ZstdDecompressor()
    do throws(CuveeError) {
      try decompressor.appendContent(of: bytes.span, to: &frame)
      require(content == nil || Array(frame.dropFirst()).starts(with: content ?? []), "frame")
    } catch {
      require(frame == [42] && !error.message.isEmpty, "a failed frame left something")
    }
    file.write(bytes)
    if let reader = try? SeekableZstdReader(path: file.path, displayPath: "fuzz.zst") {
      seek(reader)
    }
  }

  private func seek(_ file: consuming SeekableZstdReader) {
    var reader = file
    guard reader.rawSize < 4 << 20 else { return }
    var content: [UInt8] = []
    do throws(CuveeError) {
      try reader.read(0..<reader.rawSize, into: &content)
      require(UInt64(content.count) == reader.rawSize, "size")
    } catch {
      require(error.kind == .badData, error.message)
    }
  }
}
