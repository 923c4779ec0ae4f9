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
  public func integer(_ name: String) -> Int { declared(name, optionalInteger(name)) }

  /// The value of a whole number; nil where it is not given.
  public func optionalInteger(_ name: String) -> Int? {
    if case .integer(let value)? = values[name] { value } else { nil }
  }

  /// A truth value.
  public func boolean(_ name: String) -> Bool {
    var value: Bool?
    if case .boolean(let given)? = values[name] { value = given }
    return declared(name, value)
  }

  /// The value of a number; nil where it is not given.
  public func optionalNumber(_ name: String) -> Double? {
    if case .number(let value)? = values[name] { value } else { nil }
  }

  /// The name of a choice, as files spell it.
  public func choiceName(_ name: String) -> String {
    var choice: String?
    if case .choice(let raw)? = values[name] { choice = raw }
    return declared(name, choice)
  }

  /// The texts of a parameter, as UTF-8.
  public func texts(_ name: String) -> [[UInt8]] {
    var texts: [[UInt8]]?
    if case .texts(let values)? = values[name] { texts = values.map { Array($0.utf8) } }
    return declared(name, texts)
  }

  /// The texts of a parameter, as UTF-8; nil where it is not given.
  public func optionalTexts(_ name: String) -> [[UInt8]]? {
    if case .texts(let values)? = values[name] { values.map { Array($0.utf8) } } else { nil }
  }

  /// The value of a choice.
  public func choice<Value: ChoiceSet>(_ name: String) -> Value {
    var choice: Value?
    if case .choice(let raw)? = values[name] { choice = Value(rawValue: raw) }
    return declared(name, choice)
  }

  /// The file of a parameter; nil where it is not given.
  public func file(_ name: String) -> FileReference? {
    if case .file(let file)? = values[name] { file } else { nil }
  }

  /// The value that a component asks for. What files give was held against its declaration before, so
  /// that only a component that asks for something that it does not declare comes here without one.
  private func declared<Value>(_ name: String, _ value: Value?) -> Value {
    guard let value else { preconditionFailure("\(name) is not declared with this kind of value") }
    return value
  }
}
