import Bytes
import Shards

/// A document on its way through the shuffle.
struct ShuffleDocument: BitwiseCopyable, Sendable {
  /// Decides the order; the ordinal breaks ties.
  var key: UInt64
  /// The ordinal in the source.
  var ordinal: UInt64
  /// The bytes of its tokens.
  var bytes: UInt32
}

/// Documents in memory that are put into the order of their keys.
struct DocumentPile {
  private var documents: [ShuffleDocument] = []
  private var starts: [Int] = []
  private var tokens: [UInt8] = []

  /// Creates an empty pile.
  ///
  /// - Parameter capacity: The bytes of the tokens that will be added.
  init(capacity: Int) { tokens.reserveCapacity(capacity) }

  /// Creates a pile of documents whose tokens lie in bytes that are there already.
  ///
  /// - Parameters:
  ///   - bytes: The bytes, with anything between the tokens.
  ///   - documents: The documents, with the bytes of their tokens.
  ///   - starts: Where the tokens of each begin.
  init(in bytes: [UInt8], documents: [ShuffleDocument], starts: [Int]) {
    tokens = bytes
    self.documents = documents
    self.starts = starts
  }

  /// Adds a document.
  mutating func append(_ document: ShuffleDocument, tokens: Span<UInt8>) {
    var document = document
    document.bytes = UInt32(tokens.count)
    documents.append(document)
    starts.append(self.tokens.count)
    self.tokens.append(tokens)
  }

  /// Writes the documents in the order of their keys.
  mutating func write(
    to writer: inout ShuffledRowsWriter, _ progress: Progress
  ) throws(CuveeError) {
    let order = documents.indices.sorted { a, b in
      documents[a].key != documents[b].key
        ? documents[a].key < documents[b].key : documents[a].ordinal < documents[b].ordinal
    }
    for index in order {
      let start = starts[index]
      try writer.append(
        ordinal: documents[index].ordinal,
        tokens: tokens.span.extracting(start..<start + Int(documents[index].bytes)))
    }
    progress.advance(documents.reduce(0) { $0 + Int($1.bytes) })
  }
}
