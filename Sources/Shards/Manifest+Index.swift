import Bytes
import Streams

extension Manifest {
  /// MosaicML Streaming's index of one phase's folder.
  ///
  /// - Throws: `CuveeError.badData` when the tokenizer's type is not one that rows can have.
  public func index(ofPhase phase: Int) throws(CuveeError) -> MDSIndex {
    let folder = phases[phase].folder + "/"
    return try index(of: phases[phase].shards) { file in
      file.hasPrefix(folder) ? String(file.dropFirst(folder.count)) : file
    }
  }

  /// MosaicML Streaming's index of all phases as one data set, for the output's folder.
  ///
  /// - Throws: `CuveeError.badData` when the tokenizer's type is not one that rows can have.
  public func indexOfAllPhases() throws(CuveeError) -> MDSIndex {
    try index(of: phases.flatMap(\.shards)) { $0 }
  }

  /// The path, in an output's folder, and the bytes of every `index.json`.
  public func indexes() throws(CuveeError) -> [(file: String, bytes: [UInt8])] {
    var indexes: [(file: String, bytes: [UInt8])] = []
    for phase in phases.indices {
      indexes.append(
        (
          "\(phases[phase].folder)/\(OutputLayout.index)",
          try index(ofPhase: phase).encoded()
        ))
    }
    indexes.append((OutputLayout.index, try indexOfAllPhases().encoded()))
    return indexes
  }

  /// Writes every `index.json` of an output whose shards are in place.
  public func writeIndexes(folder: String) throws(CuveeError) {
    for (file, bytes) in try indexes() {
      try AtomicFile.write(bytes.span, to: "\(folder)/\(file)")
    }
  }

  private func index(
    of shards: [ManifestShard], basename: (String) -> String
  ) throws(CuveeError) -> MDSIndex {
    guard let columns else {
      throw .badData("rows cannot hold tokens of type \"\(tokenizer.dtype)\"")
    }
    return MDSIndex(
      shards: shards.map { shard in
        MDSShard(
          file: shard.content, basename: basename(shard.content.file),
          rows: Int(clamping: shard.rows),
          columns: columns, sizeLimit: output.shardSize, level: output.compressionLevel)
      })
  }
}
