/// Builds the key of a piece of work: the digest of all that determines its result.
///
/// Every field is written with its name, its kind and its length, so that two different lists of
/// fields never give the same bytes.
public struct KeyBuilder {
  private var bytes: [UInt8] = []

  /// Starts a key for a purpose, with the version of that purpose's format and algorithm.
  public init(_ purpose: String, version: Int) {
    field("purpose", kind: 0x70, Array(purpose.utf8))
    add("version", version)
  }

  /// Adds a string.
  public mutating func add(_ name: String, _ value: String) {
    field(name, kind: 0x73, Array(value.utf8))
  }

  /// Adds an integer.
  public mutating func add(_ name: String, _ value: some BinaryInteger) {
    field(name, kind: 0x69, Array(String(value).utf8))
  }

  /// Adds a truth value.
  public mutating func add(_ name: String, _ value: Bool) {
    field(name, kind: 0x62, [value ? 1 : 0])
  }

  /// Adds the key or digest of something else.
  public mutating func add(_ name: String, _ value: Digest) {
    field(name, kind: 0x64, Array(value.hex.utf8))
  }

  /// Adds a list of digests in their order.
  public mutating func add(_ name: String, _ values: [Digest]) {
    add(name + ".count", values.count)
    for value in values { add(name, value) }
  }

  /// The key.
  public var key: Digest { Digest.sha256(bytes.span) }

  private mutating func field(_ name: String, kind: UInt8, _ value: [UInt8]) {
    let name = Array(name.utf8)
    bytes.append(kind)
    bytes.appendLittleEndian(UInt32(name.count))
    bytes += name
    bytes.appendLittleEndian(UInt64(value.count))
    bytes += value
  }
}
