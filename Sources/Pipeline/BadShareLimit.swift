import Bytes
import Declarations
import Foundation
import MixtureFiles

/// The share of a source's records that may be bad. More say that it is read the wrong way, or that
/// its files are not what they should be.
public struct BadShareLimit: Sendable {
  /// The option of the commands that read files without a mixture.
  public static let option = "--max-bad-share"
  /// The first bad records that an error shows of a source.
  private static let examplesShown = 5

  private let share: DecimalShare
  /// The key or option that says it.
  private let name: String

  /// The limit of a mixture file.
  init(_ mixture: MixtureFile) {
    share = mixture.maxBadShare
    name = "max_bad_share"
  }

  /// The limit of a command line.
  ///
  /// - Parameter text: The value of `--max-bad-share`.
  /// - Throws: `badData` where it is not a share from 0 to 100%.
  public init(option text: String) throws(CuveeError) {
    guard let share = Share.parse(text), share.approximate <= 1 else {
      throw .badData("\(Self.option) \(text): is not a share from 0% to 100%; write it as in 10%")
    }
    self.share = share
    name = Self.option
  }

  /// Whether so many bad records of so many are too many.
  func isExceeded(by summary: BadRecordSummary) -> Bool {
    summary.count > share.of(summary.records)
  }

  /// The limit as people write it: `max_bad_share is 10%`.
  var words: String { "\(name) is \(String(format: "%g", share.approximate * 100))%" }

  /// Refuses sources with too many bad records.
  ///
  /// - Parameters:
  ///   - summaries: The accounts of the sources.
  ///   - place: What the message begins with: the mixture file.
  /// - Throws: `badData`: each such source with its share, its reasons and its first bad records.
  func check(_ summaries: [BadRecordSummary], place: String? = nil) throws(CuveeError) {
    let messages = summaries.filter(isExceeded).map { summary in
      let what =
        "\(summary.source): \(summary.count) of \(summary.records) records are bad "
        + "(\(summary.share)), and \(words): \(summary.reasonsText); mend them or how they are "
        + "read, or raise \(name); the first:"
      let head = place.map { "\($0): \(what)" } ?? what
      let examples = summary.examples.prefix(Self.examplesShown).map { "  " + $0 }
      return ([head] + examples).joined(separator: "\n")
    }
    guard messages.isEmpty else {
      throw .badData(messages.joined(separator: CuveeError.separator))
    }
  }
}
