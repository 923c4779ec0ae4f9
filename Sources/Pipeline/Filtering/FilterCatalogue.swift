import Bytes
import Declarations
import Filters
import MixtureFiles
import Streams

/// Finds filter files and makes filters of them.
public enum FilterCatalogue {
  /// A step of a filter.
  enum Step: Sendable {
    case rule(FilterStep)
    case deduplicate(Deduplication)
  }

  /// A file that a filter names.
  struct List: Sendable {
    var name: String
    var path: String?
    var bytes: [UInt8]
  }

  /// A filter with the file that it is from.
  public struct Filter: Sendable {
    /// The file.
    public let file: FilterFile
    /// The file's absolute path; nil for a filter that is built in.
    public let path: String?
    /// The bytes of the file.
    public let text: [UInt8]
    let steps: [Step]
    /// The files that its steps name: the path as the filter has it, where it was read, nil for one
    /// that is built in, and the bytes.
    let lists: [List]

    /// The absolute paths of the lists that it names.
    public var listPaths: [String] { lists.compactMap(\.path) }

    /// Its rules without its deduplications, which need the whole corpus, ready to run.
    ///
    /// - Throws: `badData` where the parameters of a rule do not go.
    public func chain() throws(CuveeError) -> FilterChain {
      try FilterChain(
        steps.compactMap { step in
          if case .rule(let rule) = step { rule } else { nil }
        })
    }

    /// The deduplications that `chain` leaves out, in words.
    public var deduplications: [String] {
      steps.compactMap { step in
        if case .deduplicate(let step) = step { "deduplicate \(step.kind)" } else { nil }
      }
    }
  }

  /// A filter that can be named.
  public struct Listing: Sendable, Codable {
    /// The name.
    public var name: String
    /// Where it comes from: `built in`, or the path of its file.
    public var origin: String
    /// What a filter of the same name that comes later in the search would be; empty for none.
    public var shadows: [String]
    /// What it does, in a line; what is wrong with it where it cannot be read.
    public var summary: String
  }

  /// Where a filter that belongs to the program comes from, in words.
  static let builtIn = "built in"

  /// The names of all filters that can be named, sorted.
  ///
  /// - Parameter folders: Where names are looked for before those that are built in.
  /// - Returns: The names.
  public static func names(in folders: [String]) -> [String] {
    Set(origins(in: folders).keys).sorted()
  }

  /// All filters that can be named, by name.
  ///
  /// - Parameter folders: Where names are looked for before those that are built in.
  /// - Returns: Each with where it comes from.
  public static func list(in folders: [String]) -> [Listing] {
    origins(in: folders).sorted { $0.key < $1.key }.map { name, origins in
      let summary: String
      do throws(CuveeError) {
        summary = try load(name, folders: folders).file.summary
      } catch {
        summary = "cannot be used: \(error.message)"
      }
      return Listing(
        name: name, origin: origins[0], shadows: Array(origins.dropFirst()), summary: summary)
    }
  }

  /// Where each name is found, in the order of the search.
  private static func origins(in folders: [String]) -> [String: [String]] {
    var origins: [String: [String]] = [:]
    for folder in folders {
      let absolute = FileSystem.absolute(folder)
      for file in (try? FileSystem.list(absolute)) ?? [] where file.hasSuffix(".yaml") {
        let path = "\(absolute)/\(file)"
        let name = String(file.dropLast(5))
        if origins[name]?.contains(path) != true { origins[name, default: []].append(path) }
      }
    }
    for name in BuiltInFilters.texts.keys { origins[name, default: []].append(builtIn) }
    return origins
  }

  /// The filter of a name or a path.
  ///
  /// - Parameters:
  ///   - name: A path, which has a `/` or ends in `.yaml`; else the name of a file without `.yaml`.
  ///   - folders: Where names are looked for, in order, before those that are built in.
  ///   - base: The folder that a relative path means; nil for the working directory.
  ///   - lists: Where files that the filter names are instead, by the path that it gives.
  /// - Returns: The filter.
  /// - Throws: `missingInput` where there is no such file, with where it was looked for; `badData`
  ///   with line and column where the file is not right.
  public static func load(
    _ name: String, folders: [String], base: String? = nil, lists: [String: String] = [:]
  ) throws(CuveeError) -> Filter {
    let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    let candidates = isPath ? [name] : folders.map { "\($0)/\(name).yaml" }
    for path in candidates {
      let absolute = FileSystem.absolute(
        isPath && !path.hasPrefix("/") ? (base.map { $0 + "/" } ?? "") + path : path)
      guard let status = try FileSystem.status(absolute) else { continue }
      if status.isDirectory { throw .missingInput("\(path): is a directory; name a file in it") }
      return try parse(
        try FilterFile.bytes(path: absolute, displayPath: path), path: absolute, displayPath: path,
        lists: lists)
    }
    if !isPath, let text = BuiltInFilters.texts[name] {
      return try parse(Array(text.utf8), path: nil, displayPath: "\(name) (\(builtIn))")
    }
    let known = BuiltInFilters.texts.keys.sorted().joined(separator: ", ")
    throw .missingInput(
      isPath
        ? "\(name): there is no such filter file"
          + NearestFile.hint(
            for: name.hasPrefix("/") ? name : (base.map { $0 + "/" } ?? "") + name,
            displayPath: name)
        : "no filter \"\(name)\"; built in are \(known)"
          + (candidates.isEmpty ? "" : "; looked for \(candidates.joined(separator: ", "))"))
  }

  private static func parse(
    _ text: [UInt8], path: String?, displayPath: String, lists places: [String: String] = [:]
  ) throws(CuveeError) -> Filter {
    let file = try FilterFile.parse(bytes: text, displayPath: displayPath, vocabulary: .standard)
    var steps: [Step] = []
    var lists: [List] = []
    for step in file.steps {
      switch step.value {
      case .deduplicate(let deduplication): steps.append(.deduplicate(deduplication))
      case .rule(let rule):
        var made = FilterStep(
          rule: rule.rule, reason: rule.reason, parameters: rule.parameters)
        do throws(CuveeError) {
          let (values, files) = try read(made.values(), beside: path, places)
          made.parameters = values.values
          made.resources = RuleResources(files.mapValues(\.bytes))
          lists += files.sorted { $0.key < $1.key }.map(\.value)
          _ = try made.makeRule()
        } catch {
          throw .badData("\(file.place(step.mark)): \(error.message)")
        }
        steps.append(.rule(made))
      }
    }
    return Filter(file: file, path: path, text: text, steps: steps, lists: lists)
  }

  /// The values with the digest of each file that they name, and the files by parameter. A relative
  /// path begins beside the filter; one of a built-in filter names a list that is built in, too.
  private static func read(
    _ values: Parameters, beside filter: String?, _ places: [String: String]
  ) throws(CuveeError) -> (values: Parameters, files: [String: List]) {
    var values = values
    var files: [String: List] = [:]
    for (name, file) in values.files {
      let list: List
      if let place = places[file.path] {
        list = List(name: file.path, path: place, bytes: try FileSystem.readFile(place))
      } else if file.path.hasPrefix("/") {
        list = List(name: file.path, path: file.path, bytes: try FileSystem.readFile(file.path))
      } else if let filter {
        let place = FileSystem.parent(of: filter) + "/" + file.path
        list = List(name: file.path, path: place, bytes: try FileSystem.readFile(place))
      } else if let text = BuiltInFilters.lists[file.path] {
        list = List(name: file.path, path: nil, bytes: Array(text.utf8))
      } else {
        throw .badData("\(name): there is no built-in list \(file.path)")
      }
      let bytes = list.bytes
      try values.setDigest(Digest.sha256(bytes.span), of: name)
      files[name] = list
    }
    return (values, files)
  }
}
