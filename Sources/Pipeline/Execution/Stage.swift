/// The stages of a run, in the order in which they are done. The raw value is the name on the
/// command line and the name of the stage's folder in the cache.
public enum Stage: String, Sendable, CaseIterable, Codable {
  /// SHA-256 and line counts of the input files.
  case digest
  /// Reading, extraction and the steps before the first barrier: input part to text parts.
  case ingest
  /// First half of a barrier: the signatures of a text part, by bucket.
  case sign
  /// Second half of a barrier: what a bucket's signatures decide.
  case resolve
  /// The removals of a text part, of all buckets.
  case mark
  /// The steps after a barrier: text part to text part.
  case filter
  /// Text part to token part.
  case tokenise
  /// Weights to the order of the rows.
  case mix
  /// Documents of a source and epoch in seeded order, packed into rows.
  case shuffle
  /// One shard with its segments.
  case write
  /// The table of the documents of a source that the rows hold.
  case documents
  /// The list of the input files.
  case inputs
  /// Samples of what was dropped and cut of a source.
  case audit
}
