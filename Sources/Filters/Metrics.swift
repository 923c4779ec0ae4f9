import Declarations

/// All metrics that `drop_if` can name.
public enum Metrics {
  /// What files may say of each, in the order of the reference.
  public static var declarations: [ComponentDeclaration] { all.map { $0.declaration } }

  /// The metrics, in the order in which the reference lists them.
  static let all: [any Metric.Type] = [
    Characters.self,
    NonBlankLines.self,
    Words.self,
    MeanWordLength.self,
    AlphabeticWords.self,
    StopWords.self,
    SymbolToWordRatio.self,
    LineFeedToWordRatio.self,
    BulletLines.self,
    EllipsisLines.self,
    PunctuatedLines.self,
    ShortLines.self,
    DuplicateLines.self,
    DuplicateLineCharacters.self,
    DuplicateParagraphs.self,
    DuplicateParagraphCharacters.self,
    TopNgramCharacters.self,
    DuplicateNgramCharacters.self,
  ]

  /// The metric of a name, or nil.
  static func named(_ name: String) -> (any Metric.Type)? { all.first { $0.name == name } }
}
