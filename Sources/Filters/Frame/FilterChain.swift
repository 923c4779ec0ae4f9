import Bytes

/// A filter, ready to run: its rules in their order.
///
/// Line editors that follow one another look at each line in turn, and the text is made anew once
/// after the last of them.
public struct FilterChain: Sendable {
  /// Rules that work together.
  enum Stage: Sendable {
    case documents([(rule: any Rule, step: Int)])
    case rewrite(any DocumentRewriter, step: Int)
    case lines([(editor: any LineEditor, step: Int)])
  }

  /// The steps.
  public let steps: [FilterStep]
  /// The reasons of the steps, in their order, and after them `empty_text`: a document of which
  /// line editors have left nothing.
  public let reasons: [FilterReason]
  let stages: [Stage]
  /// What each step looks for, where it is several things.
  private let items: [[String]]

  /// Creates the rules of a filter.
  ///
  /// - Throws: `badData` with the ordinal of the step, from 1, where there is no such rule or its
  ///   parameters do not go. Filter files are checked before, with line and column.
  public init(_ steps: [FilterStep]) throws(CuveeError) {
    var stages: [Stage] = []
    var reasons: [FilterReason] = []
    var items: [[String]] = []
    for (ordinal, step) in steps.enumerated() {
      let rule: any FilterRule
      do throws(CuveeError) {
        rule = try step.makeRule()
      } catch {
        throw .badData("step \(ordinal + 1): \(error.message)")
      }
      items.append(rule.items)
      if let editor = rule as? any LineEditor {
        if case .lines(let editors)? = stages.last {
          stages[stages.count - 1] = .lines(editors + [(editor, ordinal)])
        } else {
          stages.append(.lines([(editor, ordinal)]))
        }
      } else if let rewriter = rule as? any DocumentRewriter {
        stages.append(.rewrite(rewriter, step: ordinal))
      } else if let rule = rule as? any Rule {
        if case .documents(let rules)? = stages.last {
          stages[stages.count - 1] = .documents(rules + [(rule, ordinal)])
        } else {
          stages.append(.documents([(rule, ordinal)]))
        }
      }
      reasons.append(step.named)
    }
    self.steps = steps
    self.stages = stages
    self.items = items
    self.reasons = reasons + [.emptyText]
  }

  /// What a step has found, by a measure's `item`.
  func item(_ item: Int32, ofStep step: Int) -> String? {
    guard item >= 0, step < items.count, Int(item) < items[step].count else { return nil }
    return items[step][Int(item)]
  }

  /// Whether a step edits lines, so that it may leave nothing of a document.
  public var editsLines: Bool {
    stages.contains { stage in
      if case .lines = stage { true } else { false }
    }
  }

  /// Makes a runner for one worker.
  ///
  /// - Parameter firstReason: What is added to the index of a reason in `reasons` for verdicts.
  /// - Returns: A runner that has counted nothing.
  public func makeRunner(firstReason: UInt16 = 0) -> FilterRunner {
    FilterRunner(self, firstReason: firstReason)
  }
}
