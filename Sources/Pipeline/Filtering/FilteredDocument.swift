import Bytes
import Filters

/// What a filter has made of one document, for people and for `--json`. Texts are UTF-8.
public struct FilteredDocument: Sendable {
  /// What a rule has measured and what it was held against, in writing.
  public struct Figures: Sendable {
    /// What was measured.
    public let value: String
    /// What it was held against.
    public let threshold: String

    init(_ measure: Measure) {
      value = Self.number(measure.value)
      threshold = Self.number(measure.threshold)
    }

    /// A number without needless decimals.
    private static func number(_ value: Double) -> String {
      Int(exactly: value).map { String($0) } ?? "\(value)"
    }
  }

  /// One line of the document.
  public struct Line: Sendable {
    /// The line as it was, without white space at its ends.
    public var line: [UInt8]
    /// What it has become, where a rule has changed it.
    public var edited: [UInt8]?
    /// Whether it stays; also said of lines of a document that is dropped.
    public var kept: Bool
    /// The reason for which it is cut, or for which the document is dropped at this line.
    public var reason: String?
    /// What the rule has measured.
    public var measure: Figures?
  }

  /// The document's id.
  public var id: [UInt8]
  /// Whether it stays.
  public var kept: Bool
  /// The reason for which it is dropped.
  public var reason: String?
  /// What the rule has measured.
  public var measure: Figures?
  /// What the rule has found, where it looks for several things.
  public var found: String?
  /// What is left of it; nil where it is dropped.
  public var text: [UInt8]?
  /// Its lines; none where no line editor has seen it.
  public var lines: [Line] = []

  /// Appends the document as one line of JSON, with its line feed.
  public func appendJSON(to output: inout [UInt8]) {
    output += Array("{\"id\":".utf8)
    JSONText.appendString(id.span, to: &output)
    Self.append(kept: kept, reason, measure, to: &output)
    if let found {
      output += Array(",\"found\":".utf8)
      let bytes = Array(found.utf8)
      JSONText.appendString(bytes.span, to: &output)
    }
    output += Array(",\"text\":".utf8)
    if let text { JSONText.appendString(text.span, to: &output) } else { output += Self.null }
    output += Array(",\"lines\":[".utf8)
    for (index, line) in lines.enumerated() {
      output += Array((index == 0 ? "{\"line\":" : ",{\"line\":").utf8)
      JSONText.appendString(line.line.span, to: &output)
      if let edited = line.edited {
        output += Array(",\"edited\":".utf8)
        JSONText.appendString(edited.span, to: &output)
      }
      Self.append(kept: line.kept, line.reason, line.measure, to: &output)
      output.append(0x7D)
    }
    output += Array("]}\n".utf8)
  }

  private static let null = Array("null".utf8)

  private static func append(
    kept: Bool, _ reason: String?, _ measure: Figures?, to output: inout [UInt8]
  ) {
    output += Array(",\"kept\":\(kept),\"reason\":".utf8)
    if let reason {
      let name = Array(reason.utf8)
      JSONText.appendString(name.span, to: &output)
    } else {
      output += null
    }
    output += Array(",\"value\":\(measure?.value ?? "null")".utf8)
    output += Array(",\"threshold\":\(measure?.threshold ?? "null")".utf8)
  }
}
