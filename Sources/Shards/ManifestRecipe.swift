import Bytes

/// What an output was built from: the files of its `recipe/` and the options of the command line.
public struct ManifestRecipe: Codable, Sendable, Equatable {
  /// A list that a filter names.
  public struct List: Codable, Sendable, Equatable {
    /// The file with its text, relative to the output's folder.
    public var file: String
    /// SHA-256 of the text.
    public var sha256: Digest

    /// Creates the account of a list.
    public init(file: String, sha256: Digest) {
      self.file = file
      self.sha256 = sha256
    }
  }

  /// A filter that the mixture file names.
  public struct Filter: Codable, Sendable, Equatable {
    /// The name or path that the mixture file gives.
    public var name: String
    /// The file with its text, relative to the output's folder.
    public var file: String
    /// SHA-256 of the text.
    public var sha256: Digest
    /// Whether it was the one that is built in.
    public var isBuiltIn: Bool
    /// The lists that it names; nil where it names none.
    public var lists: [List]?

    enum CodingKeys: String, CodingKey {
      case name, file, sha256, lists
      case isBuiltIn = "built_in"
    }

    /// Creates the account of a filter.
    public init(
      name: String, file: String, sha256: Digest, isBuiltIn: Bool, lists: [List]? = nil
    ) {
      self.lists = lists
      self.name = name
      self.file = file
      self.sha256 = sha256
      self.isBuiltIn = isBuiltIn
    }
  }

  /// The mixture file, relative to the output's folder.
  public var mixture: String
  /// SHA-256 of the mixture file.
  public var mixtureSHA256: Digest
  /// The file that says which filter is which.
  public var index: String
  /// SHA-256 of that file.
  public var indexSHA256: Digest
  /// The filters, by name.
  public var filters: [Filter]
  /// `--scale`, where it was given.
  public var scale: String?
  /// `--sample`, where it was given.
  public var sample: String?

  enum CodingKeys: String, CodingKey {
    case mixture
    case mixtureSHA256 = "mixture_sha256"
    case index
    case indexSHA256 = "index_sha256"
    case filters, scale, sample
  }

  /// Creates the account of a recipe.
  public init(
    mixture: String, mixtureSHA256: Digest, index: String, indexSHA256: Digest, filters: [Filter],
    scale: String?, sample: String?
  ) {
    self.mixture = mixture
    self.mixtureSHA256 = mixtureSHA256
    self.index = index
    self.indexSHA256 = indexSHA256
    self.filters = filters
    self.scale = scale
    self.sample = sample
  }

  /// The path and the SHA-256 of each file.
  public var files: [(file: String, sha256: Digest)] {
    [(mixture, mixtureSHA256), (index, indexSHA256)] + filters.map { ($0.file, $0.sha256) }
      + filters.flatMap { ($0.lists ?? []).map { ($0.file, $0.sha256) } }
  }
}
