import Declarations

/// All rules that a filter file can name.
public enum Rules {
  /// The rules, in the order in which the reference lists them.
  public static let all: [any FilterRule.Type] = [
    DropIf.self,
    MaximumCharacters.self,
    MaximumWordLength.self,
    RemoveCitations.self,
    LineEndMarks.self,
    MinimumLineWords.self,
    CutLinesWithPhrase.self,
    DropDocumentsWithPhrase.self,
    DropDocumentsWithWord.self,
    ReplaceEmails.self,
    ReplaceIPAddresses.self,
    MinimumSentences.self,
    MinimumDocumentSentences.self,
  ]

  /// The rule of a name, or nil.
  public static func named(_ name: String) -> (any FilterRule.Type)? {
    all.first { $0.name == name }
  }
}
