import Bytes
import Filters
import MixtureFiles
import Streams

/// Finds filter files and makes filters of them.
public enum FilterCatalogue {
  /// A filter with the file that it is from.
  public struct Filter: Sendable {
    /// The file.
    public let file: FilterFile
    /// Its rules, ready to run.
    public let chain: FilterChain
  }

  /// The filter of a name or a path.
  ///
  /// - Parameters:
  ///   - name: A path, which has a `/` or ends in `.yaml`; else the name of a file without `.yaml`.
  ///   - folders: Where names are looked for, in order.
  /// - Returns: The filter.
  /// - Throws: `missingInput` where there is no such file, with where it was looked for; `badData`
  ///   with line and column where the file is not right.
  public static func load(_ name: String, folders: [String]) throws(CuveeError) -> Filter {
    let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    let candidates = isPath ? [name] : folders.map { "\($0)/\(name).yaml" }
    for path in candidates {
      let absolute = FileSystem.absolute(path)
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
    var steps: [FilterStep] = []
    for step in file.steps {
      let made = FilterStep(
        rule: step.value.rule, reason: step.value.reason,
        parameters: step.value.parameters.mapValues { ParameterValue($0) })
      do throws(CuveeError) {
        _ = try made.makeRule()
      } catch {
        throw .badData("\(file.place(step.mark)): \(error.message)")
      }
      steps.append(made)
    }
    return Filter(file: file, chain: try FilterChain(steps))
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
