import Bytes

/// The entries of a source's account, one or two for each of its steps.
///
/// An entry has a number and an id. Numbers are those of the plan: every unit of the source counts by
/// them. What is stored names the entries by their ids, which stay when other steps come before.
struct StepEntries: Sendable {
  /// An entry of the account.
  struct Entry: Sendable {
    /// Names the entry among those of its source: its step, with a number where several have the
    /// same.
    let id: String
    /// The step as people read it: `c4/line-end-marks`, `deduplicate lines`.
    let step: String
    /// The rule of a filter, or the kind of a barrier.
    let rule: String
    /// The stable name of its reason.
    let reason: String
    /// Whether it is shown although it has done nothing.
    let isShown: Bool
  }

  /// The entries by number, in the order of the steps.
  private(set) var all: [Entry] = []
  private var numbers: [String: Int] = [:]

  /// The number of entries.
  var count: Int { all.count }

  /// Adds the entry of the next step.
  ///
  /// - Parameters:
  ///   - step: The step as people read it.
  ///   - rule: The rule of a filter, the kind of a barrier, or `empty`.
  ///   - reason: The stable name of its reason.
  ///   - isShown: Whether it is shown although it has done nothing.
  mutating func add(step: String, rule: String, reason: String, isShown: Bool) {
    let base = rule == "empty" && !step.hasSuffix("/empty") ? step + "/empty" : step
    var id = base
    var others = 1
    while numbers[id] != nil {
      others += 1
      id = "\(base) \(others)"
    }
    numbers[id] = all.count
    all.append(Entry(id: id, step: step, rule: rule, reason: reason, isShown: isShown))
  }

  /// The number of an entry; nil where there is none of this id.
  func number(of id: String) -> Int? { numbers[id] }

  /// The ids of some entries.
  func ids(_ entries: Range<Int>) -> [String] { all[entries].map(\.id) }

  /// An account as it is stored: what the steps have done by id; those that have done nothing are
  /// left out.
  func stored(_ account: [StepAccount]) -> [String: StepAccount] {
    var stored: [String: StepAccount] = [:]
    for (entry, step) in zip(all, account) where step != StepAccount() { stored[entry.id] = step }
    return stored
  }

  /// The account of a unit by number.
  ///
  /// - Throws: `failed` where it has a step that the source does not have.
  func account(_ stored: [String: StepAccount]) throws(CuveeError) -> [StepAccount] {
    var account: [StepAccount] = .empty(count)
    for (id, step) in stored {
      guard let number = number(of: id) else {
        throw .failed("a receipt has an account of \"\(id)\", which is not a step of its source")
      }
      account[number] += step
    }
    return account
  }
}
