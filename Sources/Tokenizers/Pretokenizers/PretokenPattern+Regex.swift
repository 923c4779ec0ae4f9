extension PretokenPattern {
  /// The pattern that a regular expression stands for, where it is one of those known.
  ///
  /// - Parameter regex: The expression, letter for letter as tiktoken or a tokenizer.json has it.
  public init?(regex: String) {
    guard let known = Self.known.first(where: { $0.regex == regex }) else { return nil }
    self = known.pattern
  }

  /// A spelling of it; of no cutting, one that matches all there is.
  var regex: String { Self.known.first { $0.pattern == self }?.regex ?? #"[\S\s]+"# }

  private static let symbols = #" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  private static let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
  private static let prefix = #"[^\r\n\p{L}\p{N}]?"#
  private static let upper = #"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#
  private static let lower = #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#
  private static let slashes = #" ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

  /// Every spelling that is known, and its pattern.
  static let known: [(regex: String, pattern: PretokenPattern)] = [
    // GPT-2's encoder; in Hugging Face's ByteLevel the same is built in.
    (#"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#, .gpt2),
    (#"'s|'t|'re|'ve|'m|'ll|'d| ?[\p{L}]+| ?[\p{N}]+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#, .gpt2),
    // tiktoken since 0.5 and since 0.9.
    (#"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#, .gpt2),
    (
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#,
      .gpt2
    ),
    // tiktoken's cl100k_base since 0.9; the older ones are Llama 3's.
    (
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"#
        + #"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#, .cl100k
    ),
    (
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*"#
        + #"|\s*[\r\n]|\s+(?!\S)|\s+"#, .llama3
    ),
    ("\(contractions)|\(prefix)\\p{L}+|\\p{N}{1,3}|\(symbols)", .llama3),
    ("\(contractions)|\(prefix)\\p{L}+|\\p{N}|\(symbols)", .qwen2),
    (
      "\(prefix)\(upper)*\(lower)+\(contractions)?|\(prefix)\(upper)+\(lower)*\(contractions)?"
        + "|\\p{N}{1,3}|\(slashes)", .o200k
    ),
    (
      "\(prefix)\(upper)*\(lower)+|\(prefix)\(upper)+\(lower)*|\\p{N}|\(slashes)", .tekken
    ),
  ]
}
