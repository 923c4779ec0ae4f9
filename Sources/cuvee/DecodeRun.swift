import Bytes
import Foundation
import Streams
import Tokenizers

/// Turns ids to text for `cuvee tokenize --decode`.
///
/// A line of numbers is a document, and so is what `--output` wrote between two of its offsets.
/// Documents of lines are written as they are, each with a newline behind it; those of a `.npy` file
/// as JSON strings, as they may hold newlines; there, bytes that are no UTF-8, as where ids end inside a
/// character, become U+FFFD.
struct DecodeRun {
  let tokenizer: LoadedTokenizer

  /// Decodes a file; `-` is standard input.
  func run(file: String) throws(CuveeError) {
    let path = file == "-" ? "/dev/stdin" : FileSystem.absolute(file)
    guard let data = FileManager.default.contents(atPath: path) ?? standardInput(file) else {
      throw .missingInput("\(file): there is no such file")
    }
    if file.hasSuffix(".npy") { return try decodeArray(data, file: file, path: path) }
    for line in data.split(separator: 0x0A) {
      var ids: [UInt32] = []
      for word in String(decoding: line, as: UTF8.self).split(whereSeparator: {
        " \t\r,".contains($0)
      }) {
        guard let id = UInt32(word) else {
          throw .badData(
            "\(file): \"\(word)\" is not an id; write numbers with spaces between them")
        }
        ids.append(id)
      }
      Terminal.write(text(ids[...]) + [0x0A])
    }
  }

  private func standardInput(_ file: String) -> Data? {
    file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : nil
  }

  private func text(_ ids: ArraySlice<UInt32>) -> [UInt8] {
    var bytes: [UInt8] = []
    let ids = Array(ids)
    tokenizer.tokenizer.decode(ids.span, into: &bytes)
    return bytes
  }

  private func decodeArray(_ data: Data, file: String, path: String) throws(CuveeError) {
    let ids = try numbers(data, file: file, width: 4).map { UInt32(truncatingIfNeeded: $0) }
    let offsets = path.dropLast(4) + ".offsets.npy"
    var ends = [UInt64(0), UInt64(ids.count)]
    if let data = FileManager.default.contents(atPath: String(offsets)) {
      ends = try numbers(data, file: String(offsets), width: 8)
    }
    for (start, end) in zip(ends, ends.dropFirst()) {
      guard start <= end, end <= UInt64(ids.count) else {
        throw .badData("\(file): its offsets do not fit its \(ids.count) ids")
      }
      var line: [UInt8] = []
      let text = String(decoding: text(ids[Int(start)..<Int(end)]), as: UTF8.self)
      JSONText.appendString(Array(text.utf8).span, to: &line)
      Terminal.write(line + [0x0A])
    }
  }

  /// The numbers of a `.npy` file of one dimension, as `cuvee tokenize` writes them.
  private func numbers(_ data: Data, file: String, width: Int) throws(CuveeError) -> [UInt64] {
    let bytes = [UInt8](data)
    let type = width == 4 ? "'<u4'" : "'<i8'"
    guard bytes.count >= 10, bytes.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1]) else {
      throw .badData("\(file): not a .npy file of version 1")
    }
    let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    guard start <= bytes.count,
      String(decoding: bytes[10..<start], as: UTF8.self).contains(type)
    else { throw .badData("\(file): expected numbers of type \(type)") }
    return stride(from: start, to: bytes.count - width + 1, by: width).map { offset in
      (0..<width).reduce(UInt64(0)) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }
  }
}
