/// Something that a file can name and set up: a format, a rule, a deduplication.
///
/// Its declaration is all that reading it, refusing it, the reference, the schema and keys of cached
/// work need. A component is one file with its type, one line in the list of its kind and one test.
public protocol Component: Sendable {
  /// The name in files: small letters, digits and `-`.
  static var name: String { get }
  /// What it does, as one line of the reference.
  static var summary: String { get }
  /// The version of what it does; a change makes what was done with it stale.
  static var version: Int { get }
  /// The parameters, in the order of the reference.
  static var parameters: [Parameter] { get }
}

extension Component {
  /// The first version.
  public static var version: Int { 1 }
  /// Most components have none.
  public static var parameters: [Parameter] { [] }

  /// The declaration as a value.
  public static var declaration: ComponentDeclaration {
    ComponentDeclaration(
      name: name, summary: summary, version: version, parameters: parameters)
  }
}

/// The declaration of a component: what files may say of it.
public struct ComponentDeclaration: Sendable {
  /// The name in files.
  public var name: String
  /// What it does, as one line of the reference.
  public var summary: String
  /// The version of what it does.
  public var version: Int
  /// The parameters, in the order of the reference.
  public var parameters: [Parameter]

  /// Creates a declaration.
  public init(name: String, summary: String, version: Int = 1, parameters: [Parameter] = []) {
    self.name = name
    self.summary = summary
    self.version = version
    self.parameters = parameters
  }
}
