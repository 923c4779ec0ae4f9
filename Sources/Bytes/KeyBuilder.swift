/// Builds the key of a piece of work: the digest of all that determines its result.
///
/// Every field is written with its name, its kind and its length, so that two different lists of
/// fields never give the same bytes.
public struct KeyBuilder {
  private var bytes: [UInt8] = []

  /// Starts a key for a purpose, with the version of that purpose's format and algorithm.
  public init(_ purpose: String, version: Int) {
    begin("purpose", kind: 0x70, count: purpose.utf8.count)
    bytes += purpose.utf8
    add("version", version)
  }

  /// Adds a string.
  public mutating func add(_ name: String, _ value: String) {
    begin(name, kind: 0x73, count: value.utf8.count)
    bytes += value.utf8
  }

  /// Adds an integer.
  public mutating func add(_ name: String, _ value: some BinaryInteger) {
    let digits = String(value)
    begin(name, kind: 0x69, count: digits.utf8.count)
    bytes += digits.utf8
  }

  /// Adds a truth value.
  public mutating func add(_ name: String, _ value: Bool) {
    begin(name, kind: 0x62, count: 1)
    bytes.append(value ? 1 : 0)
  }

  /// Adds the key or digest of something else.
  public mutating func add(_ name: String, _ value: Digest) {
    begin(name, kind: 0x64, count: 64)
    value.appendHex(to: &bytes)
  }

  /// Adds a list of digests in their order.
  public mutating func add(_ name: String, _ values: [Digest]) {
    add(name + ".count", values.count)
    for value in values { add(name, value) }
  }

  /// The key.
  public var key: Digest { Digest.sha256(bytes.span) }

  /// Writes all of a field but its value.
  private mutating func begin(_ name: String, kind: UInt8, count: Int) {
    bytes.append(kind)
    bytes.appendLittleEndian(UInt32(name.utf8.count))
    bytes += name.utf8
    bytes.appendLittleEndian(UInt64(count))
  }
}
