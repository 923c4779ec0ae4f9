import Bytes
import Glibc

/// One name in a folder. Names are bytes on Linux; that they are UTF-8 is only usual.
struct DirectoryEntry {
  /// What the entry is, as far as the folder itself tells.
  enum Kind { case directory, file, unknown }

  var bytes: [UInt8]
  /// `unknown` for symbolic links and where the file system does not tell.
  var kind: Kind

  /// The name, where it is UTF-8.
  func name(in folder: String) throws(CuveeError) -> String {
    guard let name = String(validating: bytes, as: UTF8.self) else {
      let shown = String(decoding: bytes, as: UTF8.self)
      throw .badData("\(folder)/\(shown): this file's name is not UTF-8; rename it")
    }
    return name
  }

  /// All entries of a folder but `.` and `..`, in the order of their bytes.
  static func all(in folder: [UInt8]) throws(CuveeError) -> [DirectoryEntry] {
    let path = folder.isEmpty ? [UInt8(ascii: ".")] : folder
    let shown = String(decoding: path, as: UTF8.self)
    guard let stream = unsafe opendir(path.map(CChar.init(bitPattern:)) + [0]) else {
      let failure = SystemFailure.last
      throw failure.code == ENOENT
        ? .missingInput("\(shown): no such folder")
        : .missingInput("\(shown): cannot be listed: \(failure.words)")
    }
    defer { unsafe _ = closedir(stream) }
    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      // The record is valid until the next readdir of this stream, which no one else has.
      guard let record = unsafe readdir(stream) else {
        if errno != 0 { throw .io("\(shown): cannot be listed: \(SystemFailure.last.words)") }
        break
      }
      let bytes = unsafe withUnsafeBytes(of: &record.pointee.d_name) {
        unsafe Array($0.prefix { $0 != 0 })
      }
      if bytes == [0x2E] || bytes == [0x2E, 0x2E] { continue }
      let type = unsafe Int(record.pointee.d_type)
      let kind: Kind = type == DT_DIR ? .directory : type == DT_REG ? .file : .unknown
      entries.append(DirectoryEntry(bytes: bytes, kind: kind))
    }
    return entries.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }
}
