import Bytes
import Declarations
import Documents
import Readers
import Shards
import Streams

/// Reads the texts of documents again from their source files, with what filters have changed.
public struct SourceTexts {
  private let base: String
  private let inputs: [InputRecord]
  private let readers: [String: ManifestReader]

  /// Prepares for the documents of an output.
  ///
  /// - Parameters:
  ///   - output: The output.
  ///   - base: The folder that the inputs' relative paths mean.
  /// - Throws: `badData` where the list of inputs cannot be read.
  public init(_ output: OutputReader, base: String) throws(CuveeError) {
    self.base = FileSystem.absolute(base)
    inputs = try output.inputs()
    var readers: [String: ManifestReader] = [:]
    for source in output.manifest.sources { readers[source.name] = source.reader }
    self.readers = readers
  }

  /// The texts of documents, in one pass over each of their files.
  ///
  /// - Parameters:
  ///   - documents: The documents; any of them may occur more than once.
  ///   - found: Takes each document with its text; called once for each distinct record.
  /// - Throws: `missingInput` where a file is not there, `badData` where a record is not.
  public func read(
    _ documents: [DocumentRecord], found: (DocumentRecord, [UInt8]) throws(CuveeError) -> Void
  ) throws(CuveeError) {
    var byFile: [UInt32: [UInt64: DocumentRecord]] = [:]
    for document in documents { byFile[document.file, default: [:]][document.record] = document }
    for (file, wanted) in byFile.sorted(by: { $0.key < $1.key }) {
      try read(file, wanted, found: found)
    }
  }

  private func read(
    _ file: UInt32, _ wanted: [UInt64: DocumentRecord],
    found: (DocumentRecord, [UInt8]) throws(CuveeError) -> Void
  ) throws(CuveeError) {
    let input = inputs[Int(file)]
    let format = try format(of: input.source)
    let path = input.path.hasPrefix("/") ? input.path : "\(base)/\(input.path)"
    guard let first = wanted.values.min(by: { $0.record < $1.record }) else { return }
    // A record of a whole file is found from the file's start.
    let start =
      format.framing == .lines
      ? ReadPosition(file: 0, byteOffset: first.byteOffset, record: first.record) : .start
    var reader = RecordBatchReader(
      files: [
        SourceFile(path: path, displayPath: input.path, ordinal: 0, range: nil, firstRecord: 0)
      ], framing: format.framing, start: start)
    let parser = format.makeParser()
    var records = RecordBatch()
    var batch = DocumentBatch()
    var missing = wanted.count
    while missing > 0, try reader.next(into: &records) {
      batch.removeAll()
      parser.parse(&records, into: &batch)
      for index in 0..<batch.count {
        guard let document = wanted[batch.origins[index].record] else { continue }
        missing -= 1
        guard
          let text = EditCode.apply(
            document.edits.span, to: batch.text.span.extracting(batch.textRange(index)))
        else {
          throw .badData(
            "\(input.path): the edits of record \(document.record) do not fit it; the file has changed "
              + "since the output was built")
        }
        try found(document, text)
      }
    }
    guard missing == 0 else {
      throw .badData(
        "\(input.path): \(missing) of \(wanted.count) records are not there any more; "
          + "the file has changed since the output was built")
    }
  }

  private func format(of source: String) throws(CuveeError) -> any RecordFormat {
    guard let reader = readers[source], let type = RecordFormats.named(reader.format) else {
      throw .badData("source \(source): its format is not one that this Cuvee reads")
    }
    return try type.init(
      settings: ReaderSettings(
        text: reader.text, id: reader.id,
        options: reader.options))
  }
}

extension ManifestReader {
  /// How a planned source is read.
  init(_ source: PlannedSource) {
    self.init(
      format: type(of: source.format).name, text: source.settings.text, id: source.settings.id,
      options: source.settings.options)
  }
}
