/// One input file of a source, or a slice of one.
public struct SourceFile: Sendable, Equatable {
  /// Where the file is.
  public var path: String
  /// How messages name the file.
  public var displayPath: String
  /// The file's ordinal in its source's list of inputs: `Origin.file` of its documents.
  public var ordinal: UInt32
  /// A byte range of a plain file of lines that begins and ends where records begin; nil is all.
  public var range: Range<UInt64>?
  /// The ordinal of the first record of the range; 0 without a range.
  public var firstRecord: UInt64

  /// Creates the description of an input.
  public init(
    path: String, displayPath: String, ordinal: UInt32, range: Range<UInt64>? = nil,
    firstRecord: UInt64 = 0
  ) {
    self.path = path
    self.displayPath = displayPath
    self.ordinal = ordinal
    self.range = range
    self.firstRecord = firstRecord
  }

  /// The last component of the display path.
  public var name: String {
    let bytes = displayPath.utf8
    guard let slash = bytes.lastIndex(of: 0x2F) else { return displayPath }
    return String(displayPath[displayPath.index(after: slash)...])
  }
}
