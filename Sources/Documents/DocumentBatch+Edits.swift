extension DocumentBatch {
  /// Puts the texts of a rewrite in the place of the batch's; the rewrite is empty after that.
  ///
  /// - Parameter rewrite: A rewrite of this batch that has finished as many documents as it has.
  public mutating func apply(_ rewrite: inout TextRewrite) {
    precondition(rewrite.count == count, "a rewrite has all documents of its batch")
    swapTexts(&rewrite.text, &rewrite.textEnds)
    swap(&edits, &rewrite.edits)
    rewrite.removeAll()
  }
}
