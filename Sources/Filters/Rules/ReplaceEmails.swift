import Bytes
import Declarations

/// Replaces e-mail addresses, as FineWeb does.
///
/// The replacements are used in turn, and each document begins with the first: datatrove goes on from
/// one document to the next, so that what it writes depends on how documents are spread over tasks.
struct ReplaceEmails: DocumentRewriter {
  static let name = "replace-emails"
  static let summary = "replaces e-mail addresses, the replacements in turn"
  static let parameters = [
    Parameter(
      "replacements", .texts,
      standard: .texts(["email@example.com", "firstname.lastname@example.org"]),
      "what comes in their place")
  ]
  static let example = RuleExample(
    before: "Write to ann.lee@mail.co.uk or bob@x.org.",
    after: "Write to email@example.com or firstname.lastname@example.org.")

  private let replacements: [[UInt8]]

  init(parameters: Parameters) throws(CuveeError) {
    replacements = parameters.texts("replacements")
  }

  func rewrite(_ text: Span<UInt8>, _ found: inout TextReplacements) {
    var limit = 0
    var count = 0
    var index = 0
    while true {
      index = ByteSearch.firstIndex(of: 0x40, 0x40, 0x40, in: text, from: index)
      guard index < text.count else { return }
      if let range = EmailAddresses.range(in: text, at: index, from: limit) {
        found.replace(range, with: replacements[count % replacements.count])
        count += 1
        limit = range.upperBound
      }
      index = max(index + 1, limit)
    }
  }
}
