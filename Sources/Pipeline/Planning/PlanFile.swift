import Bytes
import Streams

/// A plan on disk, for a scheduler that calls parts of stages as jobs: what the plan was made from,
/// and what tells that nothing has changed since.
public struct PlanFile: Codable, Sendable {
  /// What the plan was made from, with absolute paths.
  public var options: PlanOptions
  /// The digest of the mixture file and of what its filters do.
  public var digest: Digest
  /// The input files with their sizes.
  public var inputs: [String: UInt64]

  /// The file of a plan.
  public init(_ plan: Plan) {
    options = plan.options
    options.mixturePath = FileSystem.absolute(plan.options.mixturePath)
    options.dataFolder = plan.options.dataFolder.map { FileSystem.absolute($0) }
    options.tokenizerFolders = plan.options.tokenizerFolders.map { FileSystem.absolute($0) }
    options.filterFolders = plan.options.filterFolders.map { FileSystem.absolute($0) }
    digest = plan.digest
    inputs = Self.inputs(of: plan)
  }

  /// Writes the file.
  ///
  /// - Throws: As `NewFile` does.
  public func write(to file: consuming NewFile) throws(CuveeError) {
    let bytes = try JSONFile.encode(self)
    try file.write(bytes.span)
    try file.finish()
  }

  /// Reads a file and makes its plan again.
  ///
  /// - Throws: `badData` when the mixture file or an input has changed since.
  public static func plan(from path: String) throws(CuveeError) -> Plan {
    let file: PlanFile
    do throws(CuveeError) {
      file = try JSONFile.read(path)
    } catch {
      guard error.kind == .badData else { throw error }
      throw .badData("\(path): is not a plan; make one with `cuvee plan MIXTURE --output PLAN`")
    }
    let plan = try Plan(file.options)
    guard plan.digest == file.digest else {
      throw .badData(
        "\(path): \(file.options.mixturePath), or a filter of it, has changed since the plan was "
          + "made; plan again")
    }
    guard inputs(of: plan) == file.inputs else {
      throw .badData("\(path): input files have changed since the plan was made; plan again")
    }
    return plan
  }

  private static func inputs(of plan: Plan) -> [String: UInt64] {
    var inputs: [String: UInt64] = [:]
    for source in plan.sources {
      for file in source.files { inputs[file.path] = file.status.size }
    }
    return inputs
  }
}
