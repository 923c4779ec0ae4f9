import Bytes

/// The files that a step's parameters name, as bytes by the parameter's name.
///
/// They are read once, when the plan is made. Keys have the digests that the parameters state, so a
/// list that was edited makes what was done with it stale.
public struct RuleResources: Sendable {
  private var files: [String: [UInt8]]

  /// Creates resources.
  public init(_ files: [String: [UInt8]] = [:]) { self.files = files }

  /// The bytes of a parameter's file; nil where it was not read.
  func bytes(of parameter: String) -> [UInt8]? { files[parameter] }
}
