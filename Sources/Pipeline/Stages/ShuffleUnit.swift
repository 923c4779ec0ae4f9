import Bytes
import Mixing
import Shards
import Streams

/// A token part as the shuffle sees it: where it lies, and which files its documents come from.
struct ShuffleInput: Sendable {
  let part: StoredTokenPart
  /// The ordinal, in the source, of its first document.
  let firstDocument: UInt64
  /// The hash of the path of each file of its input part.
  let pathHashes: [UInt64]
}

/// What shuffle says of one epoch of a source.
struct ShuffleFacts: Codable, Sendable {
  var documents: UInt64
  var tokens: UInt64
}

/// Puts a source's documents into the seeded order of one epoch and packs them into rows.
///
/// A source that fits the memory is sorted at once; a larger one goes to cells on disk by the high
/// bits of its documents' keys, and each cell is sorted by itself. Both give the same bytes.
struct ShuffleUnit: KeyedUnit {
  typealias Facts = ShuffleFacts
  static let stage = Stage.shuffle

  let sourceName: String
  let epoch: Int
  let seed: UInt64
  let width: Int
  let inputs: [ShuffleInput]
  let memory: UInt64

  var label: String { "\(sourceName) epoch \(epoch + 1)" }
  var size: UInt64 { inputs.reduce(0) { $0 + $1.part.facts.tokens } * UInt64(width) }

  var key: Digest {
    var key = KeyBuilder("shuffle", version: ToolVersion.formats)
    key.add("source", sourceName)
    key.add("epoch", epoch)
    key.add("seed", seed)
    key.add("width", width)
    for input in inputs {
      key.add("part", input.part.key)
      for hash in input.pathHashes { key.add("path", hash) }
    }
    return key.key
  }

  func produce(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> ShuffleFacts {
    var writer = try ShuffledRowsWriter(folder: folder, width: width)
    if size <= memory {
      var pile = DocumentPile(capacity: Int(size))
      try forEachDocument(in: environment.cache) { document, tokens in
        pile.append(document, tokens: tokens)
      }
      try pile.write(to: &writer, environment.progress)
    } else {
      let cells = folder + "/cells"
      try FileSystem.createDirectories(cells)
      for cell in try scatter(into: cells, environment) {
        var pile = try ShuffleCell.read(cell)
        try pile.write(to: &writer, environment.progress)
        try FileSystem.remove(cell)
      }
      try FileSystem.remove(cells)
    }
    try writer.finish()
    return ShuffleFacts(documents: writer.documents, tokens: writer.tokens)
  }

  /// First pass: every document to the cell of its key's high bits. Returns the cells' paths in
  /// the order of the keys.
  private func scatter(
    into folder: String, _ environment: UnitEnvironment
  ) throws(CuveeError) -> [String] {
    // A third more cells than would just fit: documents do not spread quite evenly.
    let wanted = max(2, (size + size / 3) / max(1, memory) + 1)
    let bits = min(12, 64 - (wanted - 1).leadingZeroBitCount)
    var writer = ShuffleCellWriter(folder: folder, bits: bits)
    try forEachDocument(in: environment.cache) { (document, tokens) throws(CuveeError) in
      try writer.append(document, tokens: tokens)
    }
    return try writer.finish()
  }

  /// Calls a body with every document of the source in its stored order.
  private func forEachDocument(
    in cache: StageCache,
    _ body: (ShuffleDocument, Span<UInt8>) throws(CuveeError) -> Void
  ) throws(CuveeError) {
    let seed = ShuffleKey.seed(mixture: seed, source: sourceName, epoch: epoch)
    var tokens: [UInt8] = []
    for input in inputs {
      let reader = try TokenPartReader(
        folder: try cache.open(.tokenise, input.part.key), width: width)
      let count = reader.documents
      var first = 0
      while first < count {
        let documents = try reader.documents(first..<min(count, first + 4096))
        var index = 0
        while index < documents.count {
          // Neighbours are read together, about 1 MiB at a time.
          let start = documents[index].tokenStart
          var end = index
          var run = 0
          while end < documents.count && (run == 0 || run * width < 1 << 20) {
            run += Int(documents[end].tokens)
            end += 1
          }
          tokens.removeAll(keepingCapacity: true)
          try reader.appendTokens(from: start, count: run, to: &tokens)
          for document in documents[index..<end] {
            guard document.tokenStart >= start, document.tokenStart - start <= UInt64(run),
              Int(document.tokenStart - start) + Int(document.tokens) <= run,
              Int(document.file) < input.pathHashes.count
            else { throw .failed("a token part of \(sourceName) does not fit together") }
            let offset = Int(document.tokenStart - start) * width
            let key = ShuffleKey.key(
              seed: seed, pathHash: input.pathHashes[Int(document.file)], record: document.record)
            let shuffled = ShuffleDocument(
              key: key, ordinal: input.firstDocument + UInt64(first + index), bytes: 0)
            try body(
              shuffled,
              tokens.span.extracting(offset..<offset + Int(document.tokens) * width))
            index += 1
          }
        }
        first += documents.count
      }
    }
  }
}
