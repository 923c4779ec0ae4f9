/// Which of documents that are equal in something stays: a value of `keep`.
public enum KeepRule: String, ChoiceSet {
  /// The first in the order of priority, files and records.
  case first
  /// The newest by its time; of equally old ones, and where none has a time, the first.
  case newest
  /// The one whose URL has the smallest MD5, which favours no site over another; C4 keeps lines so.
  case urlMD5 = "url-md5"

  /// What it means, as one line of the reference.
  public var summary: String {
    switch self {
    case .first: "the first in the order of priority, files and records"
    case .newest:
      "the one with the newest `timestamp`, compared as text; of equally old ones the first. "
        + "Times of forms that have no order end the run"
    case .urlMD5: "the one whose `url` has the smallest MD5, so that no site is favoured"
    }
  }

  /// Whether it looks at the times of documents.
  public var needsTimestamps: Bool { self == .newest }
  /// Whether it looks at the URLs of documents.
  public var needsURLs: Bool { self == .urlMD5 }
}
