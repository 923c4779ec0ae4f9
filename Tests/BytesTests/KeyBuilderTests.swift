import Bytes
import Testing

@Suite struct KeyBuilderTests {
  /// A field as a caller adds it.
  enum Field: Hashable {
    case string(String, String)
    case integer(String, Int)
    case truth(String, Bool)
    case digest(String, Digest)

    func add(to key: inout KeyBuilder) {
      switch self {
      case .string(let name, let value): key.add(name, value)
      case .integer(let name, let value): key.add(name, value)
      case .truth(let name, let value): key.add(name, value)
      case .digest(let name, let value): key.add(name, value)
      }
    }
  }

  private func key(_ fields: [Field], purpose: String = "test", version: Int = 1) -> Digest {
    var key = KeyBuilder(purpose, version: version)
    for field in fields { field.add(to: &key) }
    return key.key
  }

  /// Short names and values of few letters, so that pieces of one field can pass for another's.
  private func randomFields(_ random: inout StableRandom) -> [Field] {
    func text(_ random: inout StableRandom) -> String {
      let letters = ["", "a", "1", "\u{0}", "s", "0", "ab", "true"]
      return (0..<random.below(3)).map { _ in letters[random.below(letters.count)] }.joined()
    }
    return (0..<random.below(4)).map { _ in
      let name = text(&random)
      switch random.below(4) {
      case 0: return .string(name, text(&random))
      case 1: return .integer(name, random.below(4) - 1)
      case 2: return .truth(name, random.below(2) == 0)
      default: return .digest(name, Digest.sha256(text(&random)))
      }
    }
  }

  @Test func differentFieldsGiveDifferentKeys() {
    var random = testRandom("fields")
    var fieldsOfKey: [Digest: [Field]] = [:]
    for _ in 0..<20_000 {
      let fields = randomFields(&random)
      let key = key(fields)
      if let earlier = fieldsOfKey[key] { #expect(earlier == fields) }
      fieldsOfKey[key] = fields
    }
    // The generator repeats itself on the short lists only.
    #expect(fieldsOfKey.count > 5000)
    #expect(fieldsOfKey.count == Set(fieldsOfKey.values).count)
  }

  @Test(
    arguments: [
      // The same letters, cut elsewhere.
      ([.string("ab", "c")], [.string("a", "bc")]),
      ([.string("a", ""), .string("b", "")], [.string("a", "b")]),
      // The same letters of another kind.
      ([.string("a", "1")], [.integer("a", 1)]),
      ([.truth("a", true)], [.integer("a", 1)]),
      ([.digest("a", Digest.sha256(""))], [.string("a", Digest.sha256("").hex)]),
      // Another order, another number.
      ([.integer("a", 1), .integer("b", 1)], [.integer("b", 1), .integer("a", 1)]),
      ([.integer("a", 1)], [.integer("a", 1), .integer("a", 1)]),
      ([], [.string("", "")]),
      // One is a prefix of the other.
      ([.integer("a", 1)], [.integer("a", 12)]),
      ([.integer("a", -1)], [.integer("a", 1)]),
    ] as [([Field], [Field])])
  func pairsThatLookAlikeDiffer(_ one: [Field], _ other: [Field]) {
    #expect(key(one) != key(other))
  }

  @Test func purposeAndVersionCount() {
    let keys = [
      key([]), key([], purpose: "other"), key([], version: 2), key([], purpose: "test1"),
      key([.integer("version", 1)]),
    ]
    #expect(Set(keys).count == keys.count)
  }

  @Test func listsEndWhereTheyEnd() {
    let (a, b) = (Digest.sha256("a"), Digest.sha256("b"))
    func key(_ lists: [[Digest]]) -> Digest {
      var key = KeyBuilder("test", version: 1)
      for list in lists { key.add("list", list) }
      return key.key
    }
    let keys = [
      key([]), key([[]]), key([[a]]), key([[a, b]]), key([[b, a]]), key([[a], [b]]),
      key([[], [a, b]]), key([[a, b], []]),
    ]
    #expect(Set(keys).count == keys.count)
  }

  @Test func integersOfAnyWidthCountByTheirValue() {
    var narrow = KeyBuilder("test", version: 1)
    narrow.add("count", UInt8(7))
    var wide = KeyBuilder("test", version: 1)
    wide.add("count", Int64(7))
    #expect(narrow.key == wide.key)
  }
}
