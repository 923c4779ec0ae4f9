import Bytes
import Declarations
import Readers

/// The format of a file that is named on the command line.
enum InputFormat {
  /// Endings of files that are certainly no plain text, or whose text is not what is in them: none is
  /// taken for a text by its name alone.
  private static let unread = [
    ".csv", ".tsv", ".parquet", ".arrow", ".feather", ".avro", ".orc", ".npy", ".npz", ".bin",
    ".idx",
    ".html", ".htm", ".xhtml", ".xml", ".warc", ".wet", ".wat", ".pdf", ".doc", ".docx", ".odt",
    ".epub",
    ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".zip", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz",
    ".yaml", ".yml", ".sqlite", ".db", ".pkl", ".pt", ".safetensors", ".mds", ".tfrecord", ".h5",
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp3", ".mp4", ".wav",
  ]

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
    if format == nil, text == nil,
      let ending = unread.first(where: { name.lowercased().hasSuffix($0) })
    {
      throw .badData(
        "\(file): \(ending) files are not read; convert it to JSON Lines, or give --format text to "
          + "take it for one plain text")
    }
    let wanted = format ?? (text == nil ? guess : "jsonl")
    guard let type = RecordFormats.named(wanted) else {
      throw .badData(
        "--format \(wanted): unknown format; the formats are "
          + RecordFormats.all.map { $0.name }.joined(separator: ", "))
    }
    return try type.init(settings: ReaderSettings(text: text, id: nil, options: [:]))
  }
}
