import Bytes

/// The values of a component's parameters, each of the kind that the component asks for.
public struct Parameters: Sendable, Equatable {
  /// The values by name.
  public private(set) var values: [String: ParameterValue] = [:]

  /// Takes given values, and the standard ones for the rest.
  ///
  /// - Parameters:
  ///   - given: The values by name.
  ///   - component: What declares them.
  /// - Throws: `badData`, without a place, where one is unknown, missing or of another kind.
  public init(
    _ given: [String: ParameterValue], for component: ComponentDeclaration
  ) throws(CuveeError) {
    let known = component.parameters
    for name in given.keys.sorted() where !known.contains(where: { $0.name == name }) {
      let names = known.map(\.name).joined(separator: ", ")
      throw .badData(
        "\(component.name): unknown parameter \"\(name)\""
          + (names.isEmpty ? "; it has none" : "; it has \(names)"))
    }
    for parameter in known {
      guard let value = given[parameter.name] ?? parameter.standard else {
        if !parameter.isRequired { continue }
        throw .badData("\(component.name): missing parameter \"\(parameter.name)\"")
      }
      guard let accepted = parameter.accepted(value) else {
        throw .badData(
          "\(component.name): \(parameter.name) cannot be \(value.words); it must be "
            + parameter.kind.words)
      }
      values[parameter.name] = accepted
    }
  }

  /// The value of one choice, and no other.
  public init(_ name: String, _ choice: some ChoiceSet) {
    values = [name: .choice(choice.rawValue)]
  }

  /// Adds the values to a key by their names, in the order of the names' bytes. Two sets of values give
  /// the same bytes only where they are equal.
  public func add(to key: inout KeyBuilder) {
    let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    key.add("parameters", sorted.count)
    for (name, value) in sorted {
      key.add("parameter", name)
      value.add(to: &key)
    }
  }

  /// The files that are named, by parameter.
  public var files: [(name: String, file: FileReference)] {
    values.keys.sorted().compactMap { name in file(name).map { (name, $0) } }
  }

  /// States the digest of a file that has been looked at.
  ///
  /// - Parameters:
  ///   - digest: The digest of its bytes.
  ///   - name: The parameter.
  /// - Throws: `badData`, without a place, where another digest is stated.
  public mutating func setDigest(_ digest: Digest, of name: String) throws(CuveeError) {
    guard let old = file(name) else { return }
    if let wanted = old.sha256, wanted != digest {
      throw .badData(
        "\(name): \(old.path) has the SHA-256 \(digest), and \(wanted) is stated; get the file that is "
          + "meant, or state the digest of this one")
    }
    values[name] = .file(FileReference(path: old.path, sha256: digest))
  }

  /// The value of a whole number that has a standard value or must be given.
  public func integer(_ name: String) -> Int {
    if let value = optionalInteger(name) { return value }
    preconditionFailure("\(name) is not a parameter with a whole number")
  }

  /// The value of a whole number; nil where it is not given.
  public func optionalInteger(_ name: String) -> Int? {
    if case .integer(let value)? = values[name] { value } else { nil }
  }

  /// The value of a number.
  public func number(_ name: String) -> Double {
    if case .number(let value)? = values[name] { return value }
    preconditionFailure("\(name) is not a parameter with a number")
  }

  /// The value of a truth value.
  public func boolean(_ name: String) -> Bool {
    if case .boolean(let value)? = values[name] { return value }
    preconditionFailure("\(name) is not a parameter with a truth value")
  }

  /// The value of a text; nil where it is not given.
  public func text(_ name: String) -> String? {
    if case .text(let value)? = values[name] { value } else { nil }
  }

  /// The texts of a parameter, as UTF-8.
  public func texts(_ name: String) -> [[UInt8]] {
    if case .texts(let values)? = values[name] { return values.map { Array($0.utf8) } }
    preconditionFailure("\(name) is not a parameter with texts")
  }

  /// The value of a choice.
  public func choice<Value: ChoiceSet>(_ name: String, _ type: Value.Type = Value.self) -> Value {
    if case .choice(let raw)? = values[name], let value = Value(rawValue: raw) { return value }
    preconditionFailure("\(name) is not a parameter with one of \(Value.choices.map(\.name))")
  }

  /// The value of a share.
  public func share(_ name: String) -> DecimalShare {
    if case .share(let value)? = values[name] { return value }
    preconditionFailure("\(name) is not a parameter with a share")
  }

  /// The file of a parameter; nil where it is not given.
  public func file(_ name: String) -> FileReference? {
    if case .file(let file)? = values[name] { file } else { nil }
  }
}
