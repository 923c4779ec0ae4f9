import Pipeline

/// Shows people what a filter has made of a document.
struct FilteredDocumentView {
  private let kept: String
  private let cut: String
  private let faint: String
  private let plain: String

  /// Creates a view.
  ///
  /// - Parameter isColoured: Whether to colour lines, for a terminal.
  init(isColoured: Bool) {
    kept = isColoured ? "\u{1B}[32m" : ""
    cut = isColoured ? "\u{1B}[31m" : ""
    faint = isColoured ? "\u{1B}[2m" : ""
    plain = isColoured ? "\u{1B}[0m" : ""
  }

  /// A document as lines of text.
  func bytes(of document: FilteredDocument) -> [UInt8] {
    var output: [UInt8] = []
    let colour = document.kept ? kept : cut
    output += Array("\(colour)\(document.kept ? "+" : "-") ".utf8)
    output += printable(document.id)
    output += Array(why(document.reason, document.measure, document.found).utf8)
    output += Array("\(plain)\n".utf8)
    for line in document.lines where !line.line.isEmpty {
      let isSeen = line.kept || line.reason != nil
      let mark = line.kept ? "+" : isSeen ? "-" : " "
      output += Array("  \(line.kept ? kept : isSeen ? cut : faint)\(mark)\(plain) ".utf8)
      output += Array((line.kept ? "" : faint).utf8)
      output += printable(line.line)
      output += Array("\(plain)\(cut)\(why(line.reason, line.measure))\(plain)\n".utf8)
      if let edited = line.edited {
        output += Array("    \(faint)becomes:\(plain) ".utf8) + printable(edited) + [0x0A]
      }
    }
    if document.lines.isEmpty, let text = document.text {
      output += printable(text) + [0x0A]
    }
    return output
  }

  /// `  [too_short: 3, against 5]`.
  private func why(
    _ reason: String?, _ measure: FilteredDocument.Figures?, _ found: String? = nil
  ) -> String {
    guard let reason else { return "" }
    if let found { return "  [\(reason): \(found.debugDescription)]" }
    return measure.map { "  [\(reason): \($0.value), against \($0.threshold)]" } ?? "  [\(reason)]"
  }

  /// Text without the control characters that a terminal would obey.
  private func printable(_ text: [UInt8]) -> [UInt8] {
    text.map { ($0 < 0x20 && $0 != 0x09 && $0 != 0x0A) || $0 == 0x7F ? 0x3F : $0 }
  }
}
