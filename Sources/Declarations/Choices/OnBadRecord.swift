/// What happens at a record that cannot be read: a value of `on_bad_record`.
public enum OnBadRecord: String, ChoiceSet {
  /// It is counted and reported.
  case skip
  /// The run fails.
  case fail

  /// What it means, as one line of the reference.
  public var summary: String {
    switch self {
    case .skip: "the run counts it, reports it and goes on"
    case .fail: "the run fails, and names the file and the record"
    }
  }
}
