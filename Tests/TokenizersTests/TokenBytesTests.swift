import Bytes
import CByteKernels
import Testing

@testable import Tokenizers

/// The table of tokens: all at once against one by one.
struct TokenBytesTests {
  /// Distinct tokens of all lengths, many of which begin alike.
  private static let tokens: [[UInt8]] = {
    var random = StableRandom(seed: 1, purpose: "token bytes")
    var tokens: Set<[UInt8]> = []
    for byte in UInt8.min...UInt8.max { tokens.insert([byte]) }
    while tokens.count < 6000 {
      let length = random.below(50) == 0 ? random.below(90) : random.below(7)
      tokens.insert((0...length).map { _ in 0x61 + UInt8(random.below(3)) })
    }
    return tokens.sorted { $0.lexicographicallyPrecedes($1) }
  }()

  private static func table(
    _ tokens: [[UInt8]], ids: [UInt32]
  ) throws(TokenBytes.Clash) -> TokenBytes {
    var strings = ByteStrings()
    for token in tokens { strings.append(token.span) }
    return try TokenBytes(strings, ids: ids)
  }

  /// Ids with gaps, in no order.
  private static let ids = tokens.indices.map { UInt32($0 * 2 % 6007 + 3) }

  @Test("a table that is made at once is the one that is made token by token")
  func atOnce() throws {
    var wanted = TokenBytes()
    for (token, id) in zip(Self.tokens, Self.ids) { wanted.add(token.span, id: id) }
    let found = try Self.table(Self.tokens, ids: Self.ids)
    #expect(found.count == wanted.count && found.byteCount == wanted.byteCount)
    for id in 0..<UInt32(wanted.count) {
      #expect(found.contains(id) == wanted.contains(id) && found.text(id) == wanted.text(id))
    }
    for token in Self.tokens {
      #expect(found.find(token.span) == wanted.find(token.span))
      for other in [token + [0x62], Array(token.dropLast()), [0x7A] + token] {
        #expect(found.find(other.span) == wanted.find(other.span))
      }
    }
  }

  @Test("many strings are found as each is by itself")
  func findsMany() throws {
    let table = try Self.table(Self.tokens, ids: Self.ids)
    var strings = ByteStrings()
    var wanted: [UInt32] = []
    for token in Self.tokens {
      for string in [token, token + [0x63], Array(token.dropFirst())] {
        strings.append(string.span)
        wanted.append(table.find(string.span))
      }
    }
    #expect(strings.ids(in: table) == wanted)
    #expect(wanted.contains(TokenBytes.noToken) && wanted.count { $0 != TokenBytes.noToken } > 6000)
    #expect(strings.ids(in: TokenBytes()).allSatisfy { $0 == TokenBytes.noToken })
    #expect(ByteStrings().ids(in: table).isEmpty)
  }

  @Test("splits are all places where a token is two tokens")
  func splits() throws {
    let table = try Self.table(Self.tokens, ids: Self.ids)
    var wanted: Set<[UInt32]> = []
    for (token, id) in zip(Self.tokens, Self.ids) {
      for cut in 1..<max(token.count, 1) {
        guard let left = table[Array(token[..<cut])], let right = table[Array(token[cut...])]
        else { continue }
        wanted.insert([left, right, id])
      }
    }
    var found: [[UInt32]] = []
    table.forEachSplit { found.append([$0, $1, $2]) }
    #expect(Set(found) == wanted && found.count == wanted.count && found.count > 10_000)
  }

  @Test("a token without bytes takes an id, and no text becomes it")
  func empty() throws {
    let table = try Self.table([[], [0x61]], ids: [1, 0])
    #expect(table.contains(1) && table.length(1) == 0 && table.hasOthers)
    #expect(table.find([UInt8]().span) == TokenBytes.noToken && table[[0x61]] == 0)
    #expect(try Self.table([], ids: []).count == 0)
  }

  @Test("the first token that does not go with those before it is named")
  func clashes() {
    let (a, b, c): ([UInt8], [UInt8], [UInt8]) = ([0x61], [0x62], [0x63])
    for (tokens, ids, index, message) in [
      ([a, b, c], [0, 1, 1], 2, "the id 1 has a token already"),
      ([a, b, a, c], [0, 1, 2, 1], 2, "the id 0 has the same bytes"),
      ([a, b, c, a], [0, 1, 1, 2], 2, "the id 1 has a token already"),
      ([a, b], [0, .max], 1, "the id 4294967295 is greater than 2097150, the most allowed"),
      ([a, [], []], [5, 6, 6], 2, "the id 6 has a token already"),
    ] as [([[UInt8]], [UInt32], Int, String)] {
      let clash = #expect(throws: TokenBytes.Clash.self) {
        try Self.table(tokens, ids: ids)
      }
      #expect(clash?.index == index && clash?.description == message)
    }
  }
}
