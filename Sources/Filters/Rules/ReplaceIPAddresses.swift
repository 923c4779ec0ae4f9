import Bytes
import Declarations

/// Replaces IPv4 addresses, as FineWeb does with public ones.
///
/// The replacements are used in turn, and each document begins with the first; see `ReplaceEmails`.
struct ReplaceIPAddresses: DocumentRewriter {
  static let name = "replace-ip-addresses"
  static let summary = "replaces IPv4 addresses, the replacements in turn"
  static let parameters = [
    Parameter(
      "replacements", .texts,
      standard: .texts([
        "22.214.171.124", "126.96.36.199", "188.8.131.52", "184.108.40.206", "220.127.116.11",
        "18.104.22.168",
      ]), "what comes in their place; none of them answered when datatrove drew them"),
    Parameter(
      "public_only", .boolean, standard: .boolean(true),
      "whether private and reserved addresses stay"),
  ]
  static let example = RuleExample(
    before: "From 8.8.8.8 to 192.168.0.1", after: "From 22.214.171.124 to 192.168.0.1")

  private let replacements: [[UInt8]]
  private let publicOnly: Bool

  init(parameters: Parameters) throws(CuveeError) {
    replacements = parameters.texts("replacements")
    publicOnly = parameters.boolean("public_only")
  }

  func rewrite(_ text: Span<UInt8>, _ found: inout TextReplacements) {
    var count = 0
    var start = 0
    // A period with digits on both sides is rare: it leads to the digits before it.
    var period = 0
    while true {
      period = ByteSearch.firstIndex(of: 0x2E, 0x2E, 0x2E, in: text, from: max(period, start))
      guard period < text.count else { return }
      var first = period
      while first > start && period - first < 3 && text[first - 1].isASCIIDigit { first -= 1 }
      period += 1
      while first < period - 1 {
        guard let end = IPAddresses.end(in: text, at: first) else {
          first += 1
          continue
        }
        if IPAddresses.isAccepted(text, first..<end, publicOnly: publicOnly) {
          found.replace(first..<end, with: replacements[count % replacements.count])
          count += 1
        }
        // An address that is not replaced is passed over, too.
        start = end
        break
      }
    }
  }
}
