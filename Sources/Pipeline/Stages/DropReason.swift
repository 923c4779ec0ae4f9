/// The stable names of the reasons that the pipeline itself has for dropping a document.
enum DropReason {
  /// Left out by `--sample`.
  static let notSampled = "not_sampled"
  /// Its text is that of a document of higher priority.
  static let exactDuplicate = "exact_duplicate"
}
