/// The stable names of the reasons that the pipeline itself has for dropping a document.
enum DropReason {
  /// Left out by `--sample`.
  static let notSampled = "not_sampled"
  /// Its text is that of a document of higher priority.
  static let exactDuplicate = "exact_duplicate"
  /// Another document has its URL.
  static let duplicateURL = "duplicate_url"
  /// Lines that are elsewhere, too.
  static let duplicateLine = "duplicate_line"
  /// Nothing of its text was left.
  static let emptyText = "empty_text"
}
