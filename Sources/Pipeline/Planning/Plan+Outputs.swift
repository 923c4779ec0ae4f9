import Bytes
import MixtureFiles
import Shards
import Streams

/// What a folder that a build writes into holds.
public enum WrittenFolder: Sendable {
  /// The output.
  case output
  /// The cache.
  case cache
}

extension Plan {
  /// Refuses a folder for an output or a cache whose files a pattern of a source would read as input
  /// the next time.
  ///
  /// - Parameters:
  ///   - folder: The absolute path of the folder, which need not be there.
  ///   - content: What it will hold.
  ///   - displayPath: What messages call it.
  /// - Throws: `badData` with the place of the pattern.
  public func requireUnread(
    _ folder: String, _ content: WrittenFolder, as displayPath: String
  ) throws(CuveeError) {
    let folder = Self.resolved(folder)
    let base = Self.resolved(options.base)
    for (source, pattern) in sources.flatMap({ source in
      source.source.patterns.map { (source.source, $0) }
    }) {
      for name in content == .output ? Self.outputNames : Self.cacheNames {
        let path = folder + "/" + name
        let isAbsolute = pattern.value.hasPrefix("/")
        guard isAbsolute || path.hasPrefix(base == "/" ? "/" : base + "/") else { continue }
        let shown = isAbsolute ? path : String(path.dropFirst(base == "/" ? 1 : base.count + 1))
        guard try Glob.matches(pattern.value, path: shown) else { continue }
        if try source.excludes(shown) { continue }
        throw .badData(
          "\(mixture.place(pattern.mark)): \"\(pattern.value)\" would read what is written to "
            + "\(displayPath) (\(name)) as input the next time; put that folder elsewhere, or make the "
            + "pattern narrower")
      }
    }
  }

  /// A file of every kind that an output holds.
  private static let outputNames: [String] = {
    let phase = OutputLayout.phaseFolder(index: 0, name: "phase")
    return [
      OutputLayout.manifest, OutputLayout.index, OutputLayout.inputs,
      "\(phase)/\(OutputLayout.index)", "\(phase)/\(OutputLayout.shard(0))",
      "\(phase)/\(OutputLayout.segments(0))",
      "\(OutputLayout.documentsFolder(source: "source"))/\(OutputLayout.documents)",
      OutputLayout.audit(source: "source"), OutputLayout.recipeMixture,
    ]
  }()

  /// A file of every kind that a cache holds.
  private static let cacheNames: [String] = {
    let key = Digest.sha256("a unit").hex
    let receipts = Stage.allCases.map { "\($0.rawValue)/\(key)/\(ReceiptStore.fileName)" }
    return receipts + [
      "\(Stage.ingest.rawValue)/\(key)/\(TextPartFile.name)",
      "\(Stage.tokenise.rawValue)/\(key)/tokens.bin",
      "\(Stage.write.rawValue)/\(key)/\(WriteUnit.shardFile)",
    ]
  }()

  /// A path without symbolic links, as far as it exists.
  private static func resolved(_ path: String) -> String {
    var rest: [String] = []
    var head = FileSystem.absolute(path)
    while head != "/" {
      if let real = FileSystem.realPath(head) {
        return ([real == "/" ? "" : real] + rest.reversed()).joined(separator: "/")
      }
      rest.append(FileSystem.name(of: head))
      head = FileSystem.parent(of: head)
    }
    return "/" + rest.reversed().joined(separator: "/")
  }
}
