import Bytes
import MixtureFiles
import Streams

/// What the command line adds to a mixture file; together they determine a run.
public struct PlanOptions: Sendable, Codable, Equatable {
  /// The mixture file's path.
  public var mixturePath: String
  /// The folder that relative paths mean, instead of the mixture file's own.
  public var dataFolder: String?
  /// Multiplies the phases' budgets, as in `1%`.
  public var scale: String?
  /// The share of the documents that is read, by hash, as in `1%`.
  public var sample: String?
  /// Folders in which registered tokenizers are looked for besides the data folder and the mixture
  /// file's.
  public var tokenizerFolders: [String] = []
  /// Folders in which filters are looked for by name, besides the folder `Filters` beside the mixture
  /// file and that beside the mixture file's folder.
  public var filterFolders: [String] = []
  /// The sizes that bound memory and cut the work.
  public var limits = Limits()

  /// Creates the options of a run with nothing but a mixture file.
  public init(mixturePath: String) { self.mixturePath = mixturePath }

  /// The folder that relative paths of the mixture file mean.
  var base: String {
    dataFolder.map { FileSystem.absolute($0) } ?? mixtureFolder
  }

  /// The folder of the mixture file.
  var mixtureFolder: String { Self.parent(of: FileSystem.absolute(mixturePath)) }

  /// Where filters are looked for by name, in order.
  public var allFilterFolders: [String] {
    let folder = mixtureFolder
    return ["\(folder)/Filters", "\(Self.parent(of: folder))/Filters"] + filterFolders
  }

  private static func parent(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }
}
