import Bytes
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

  /// A filter with the file that it is from.
  public struct Filter: Sendable {
    /// The file.
    public let file: FilterFile
    let steps: [Step]

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
        if case .deduplicate(let step) = step { "deduplicate \(step.kind.rawValue)" } else { nil }
      }
    }
  }

  /// The names of the filters in folders, sorted.
  public static func names(in folders: [String]) -> [String] {
    var names: Set<String> = []
    for folder in folders {
      for file in (try? FileSystem.list(FileSystem.absolute(folder))) ?? []
      where file.hasSuffix(".yaml") {
        names.insert(String(file.dropLast(5)))
      }
    }
    return names.sorted()
  }

  /// The filter of a name or a path.
  ///
  /// - Parameters:
  ///   - name: A path, which has a `/` or ends in `.yaml`; else the name of a file without `.yaml`.
  ///   - folders: Where names are looked for, in order.
  ///   - base: The folder that a relative path means; nil for the working directory.
  /// - Returns: The filter.
  /// - Throws: `missingInput` where there is no such file, with where it was looked for; `badData`
  ///   with line and column where the file is not right.
  public static func load(
    _ name: String, folders: [String], base: String? = nil
  ) throws(CuveeError) -> Filter {
    let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    let candidates = isPath ? [name] : folders.map { "\($0)/\(name).yaml" }
    for path in candidates {
      let absolute = FileSystem.absolute(
        isPath && !path.hasPrefix("/") ? (base.map { $0 + "/" } ?? "") + path : path)
      guard let status = try FileSystem.status(absolute) else { continue }
      if status.isDirectory { throw .missingInput("\(path): is a directory; name a file in it") }
      return try load(path: absolute, displayPath: path)
    }
    throw .missingInput(
      isPath
        ? "\(name): there is no such filter file"
        : "no filter \"\(name)\"; looked for \(candidates.joined(separator: ", "))")
  }

  private static func load(path: String, displayPath: String) throws(CuveeError) -> Filter {
    let file = try FilterFile.read(
      path: path, displayPath: displayPath, vocabulary: .standard)
    var steps: [Step] = []
    for step in file.steps {
      switch step.value {
      case .deduplicate(let deduplication): steps.append(.deduplicate(deduplication))
      case .rule(let rule):
        let made = FilterStep(
          rule: rule.rule, reason: rule.reason,
          parameters: rule.parameters.mapValues { ParameterValue($0) })
        do throws(CuveeError) {
          _ = try made.makeRule()
        } catch {
          throw .badData("\(file.place(step.mark)): \(error.message)")
        }
        steps.append(.rule(made))
      }
    }
    return Filter(file: file, steps: steps)
  }
}

extension ParameterValue {
  /// The same value as a filter file has it.
  fileprivate init(_ value: FilterParameterValue) {
    switch value {
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .boolean(let value): self = .boolean(value)
    case .text(let value): self = .text(value)
    case .texts(let values): self = .texts(values)
    }
  }
}
