import Declarations

/// All formats that a source can have.
public enum RecordFormats {
  /// The formats, in the order in which the documentation lists them.
  public static let all: [any RecordFormat.Type] = [
    JSONLFormat.self,
    FlanCoTFormat.self,
    NaturalInstructionsFormat.self,
    TextFormat.self,
    LinesFormat.self,
  ]

  /// The format of a name, or nil.
  public static func named(_ name: String) -> (any RecordFormat.Type)? {
    all.first { $0.name == name }
  }
}
