import Bytes

/// A unigram vocabulary: pieces with scores, of which the path with the greatest sum is taken.
final class UnigramModel: Sendable {
  /// How sums are kept, which decides between paths that are almost equal.
  enum Arithmetic: Sendable {
    /// SentencePiece 0.2.3: single precision, over the whole text. (0.1.97 compared sums in double
    /// precision before it kept them in single, and now and then gives other ids.)
    case single
    /// Hugging Face: double precision, over each piece by itself.
    case double
  }

  /// SentencePiece 0.2.3 starts sums again from zero when one is further from it.
  static let greatestSum: Float = 100_000

  /// Pieces by the bytes that text has for them; the value is the id.
  let trie: ByteTrie
  /// What an id adds to the sum.
  let scores: [Double]
  /// The same in single precision.
  let singleScores: [Float]
  /// What a character that no piece begins and ends with adds.
  let unknownScore: Double
  /// No addition is of a number further from zero.
  private let farthest: Float
  /// The bytes of the longest piece, and of a character at least.
  let longest: Int
  let unknown: CharacterPairModel.Unknown
  let arithmetic: Arithmetic
  /// Where text may be cut.
  let joins: JoinTable

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - tokens: The pieces as text has them.
  ///   - scores: What an id adds to the sum.
  ///   - unknownScore: What a character that no piece begins and ends with adds.
  ///   - unknown: What stands for such a character.
  ///   - arithmetic: How sums are kept.
  init(
    tokens: TokenBytes, scores: [Double], unknownScore: Double,
    unknown: CharacterPairModel.Unknown, arithmetic: Arithmetic
  ) {
    trie = ByteTrie(tokens)
    self.scores = scores
    singleScores = scores.map { Float($0) }
    self.unknownScore = unknownScore
    farthest = Float(scores.reduce(abs(unknownScore)) { max($0, abs($1)) }).nextUp
    var longest = 4
    tokens.forEach { _, piece in longest = max(longest, piece.count) }
    self.longest = longest
    self.unknown = unknown
    self.arithmetic = arithmetic
    var joins = JoinTable()
    tokens.forEach { _, piece in joins.add(piece) }
    self.joins = joins
  }

  /// Keeps a sum.
  @inline(__always)
  func kept(_ sum: Double) -> Double {
    arithmetic == .single ? Double(Float(sum)) : sum
  }
  /// What an id, or a character that is unknown, adds to the sum.
  @inline(__always)
  func singleScore(_ id: UInt32) -> Float {
    id & CharacterPairModel.character == 0 ? singleScores[Int(id)] : Float(unknownScore)
  }

  /// The most that one addition may be off while a word of some bytes is added to a sum.
  @inline(__always)
  func roundingError(_ sum: Float, _ length: Int) -> Float {
    // Each piece begins at zero, as a remembered path did.
    if arithmetic == .double { return 0 }
    let far = abs(sum) + Float(length) * farthest
    if far > Self.greatestSum { return .infinity }
    // A unit in the last place is no more than this part of a number; what rounding took off here
    // is made up for.
    return far * (1.0001 / 0x1p23)
  }
}
