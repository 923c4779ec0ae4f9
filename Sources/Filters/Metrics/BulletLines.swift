import Bytes
import Declarations

/// The share of lines that begin with a bullet. Gopher allows 90 %.
///
/// Lines are those of Python's `str.splitlines`; white space before a bullet does not matter.
struct BulletLines: Metric {
  static let name = "bullet_lines"
  static let summary = "the share of lines that begin with a bullet"
  static let parameters: [Parameter] = [
    Parameter("bullets", .texts, standard: .texts(["\u{2022}", "-"]), "the bullets")
  ]

  private let bullets: [[UInt8]]

  init(parameters: Parameters) throws(CuveeError) {
    bullets = parameters.texts("bullets")
    if bullets.contains([]) { throw .badData("\(Self.name): a bullet must not be empty") }
  }

  func measure(_ document: inout DocumentView) -> Double? {
    let text = document.text
    var lines = 0
    var found = 0
    var start = 0
    while start < text.count {
      let end = ByteSearch.lineBreak(in: text, from: start)
      let line = text.extracting(UTF8Text.stripped(start..<end.start, in: text))
      lines += 1
      if bullets.contains(where: { Self.begins(line, $0) }) { found += 1 }
      start = end.start + end.length
    }
    return share(found, of: lines)
  }

  private static func begins(_ line: Span<UInt8>, _ bullet: [UInt8]) -> Bool {
    line.count >= bullet.count && bullet.indices.allSatisfy { line[$0] == bullet[$0] }
  }
}
