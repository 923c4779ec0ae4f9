import Declarations

import Documents

/// Looks on while a filter runs: for samples of what it drops, and to show what it does.
///
/// It costs a call for every batch and every dropped document, so runs that only count have none.
public protocol FilterObserver: AnyObject {
  /// A document was dropped; its text is as the steps before have left it.
  ///
  /// - Parameters:
  ///   - document: Its index in the batch.
  ///   - batch: The batch.
  ///   - reason: The index of the reason in the chain's `reasons`.
  ///   - measure: What the rule measured; nil for a document of which nothing was left.
  ///   - found: What the rule found, where it looks for several things.
  func dropped(
    _ document: Int, of batch: borrowing DocumentBatch, reason: Int, _ measure: Measure?,
    found: String?)

  /// Line editors have gone over a batch, whose texts they have not changed yet.
  ///
  /// Called before `dropped` is for the documents that they drop.
  func edited(_ lines: borrowing LineBatch, of batch: borrowing DocumentBatch)
}
