import Bytes
import CByteKernels

/// Splitters one after another over one alphabet, shared by all workers.
struct SplitPlan: Sendable {
  /// How text is written in symbols.
  enum Writing: Sendable {
    /// A symbol for each character.
    case characters(SymbolAlphabet)
    /// A symbol for each byte, by the visible character that stands for it behind ByteLevel.
    case bytes([UInt8])
  }

  let writing: Writing
  let splitters: [Splitter]

  /// The plan of patterns with their rules; nil where an automaton cannot do one of them, or where they
  /// tell too many kinds of characters apart.
  ///
  /// - Parameters:
  ///   - patterns: The patterns with their rules.
  ///   - overBytes: Whether text is bytes behind ByteLevel.
  ///   - searchesPairs: As `Splitter` has it.
  init?(
    _ patterns: [(node: RegexNode, rule: SplitRule)], overBytes: Bool,
    searchesPairs: Bool = cuvee_can_search_pairs() != 0
  ) {
    guard let alphabet = SymbolAlphabet(patterns.flatMap(\.node.sets)) else { return nil }
    var splitters: [Splitter] = []
    for (node, rule) in patterns {
      guard let splitter = Splitter(node, rule, alphabet, searchesPairs: searchesPairs)
      else { return nil }
      splitters.append(splitter)
    }
    self.splitters = splitters
    writing =
      overBytes
      ? .bytes((UInt8.min...UInt8.max).map { alphabet.symbol(ByteLevelVocabulary.character($0)) })
      : .characters(alphabet)
  }
}
