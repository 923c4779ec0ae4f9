import Bytes
import Readers

/// The format of a file that is named on the command line.
enum InputFormat {
  /// The format that was asked for, or else the one that a file's name says.
  ///
  /// - Parameters:
  ///   - file: The path; `-` is standard input.
  ///   - format: The format's name; nil to go by the file's.
  ///   - text: The template of the text, for formats that take one.
  /// - Returns: The format.
  /// - Throws: `badData` where there is no such format, or it takes no template.
  static func make(
    of file: String, format: String?, text: String?
  ) throws(CuveeError) -> any RecordFormat {
    var name = file
    for suffix in [".gz", ".zst", ".zstd"] where name.hasSuffix(suffix) {
      name = String(name.dropLast(suffix.count))
    }
    let isJSONL = name == "-" || name.hasSuffix(".jsonl") || name.hasSuffix(".json")
    let guess = isJSONL ? "jsonl" : "text"
    let wanted = format ?? (text == nil ? guess : "jsonl")
    guard let type = RecordFormats.named(wanted) else {
      throw .badData(
        "--format \(wanted): unknown format; the formats are "
          + RecordFormats.all.map { $0.name }.joined(separator: ", "))
    }
    return try type.init(settings: ReaderSettings(text: text, id: nil, options: [:]))
  }
}
