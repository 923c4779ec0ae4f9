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
    shareOfLines(of: document.text) { line in
      bullets.contains { line.holds($0, at: 0) }
    }
  }
}
