/// How much of a source a probe reads: enough for an estimate within a few percent, so little that
/// nobody waits for it.
struct ProbeSize: Sendable {
  /// Plain files of lines are read at this many places, spread evenly over their bytes.
  var places: Int
  /// The bytes of lines at each place; the last line is read to its end.
  var placeBytes: Int
  /// Compressed files that are read, from their beginnings: nothing else can be reached at once.
  var compressedFiles: Int
  /// The uncompressed bytes read of all of them.
  var compressedBytes: UInt64
  /// Files that are read of a format whose record is a whole file.
  var wholeFiles: Int
  /// The bytes of all of them, if that many files are not larger.
  var wholeFileBytes: UInt64
  /// Whether text is tokenised.
  var tokenises: Bool

  /// The bytes of an excerpt.
  static let excerptBytes = 4 << 10
  /// No more than about so many excerpts are tokenised of what is read at one place.
  static let placeExcerpts = 8
  /// About so many excerpts are tokenised of what is read.
  static let excerpts: UInt64 = 1024
  /// A source of no more files than this, and no more bytes than all places have, is read whole.
  static let wholeSourceFiles = 256

  /// For estimates. Parsing is fast, so much is parsed; less where rules look at every line.
  static func estimate(hasRules: Bool) -> ProbeSize {
    ProbeSize(
      places: 96, placeBytes: 16 << 10, compressedFiles: 8,
      compressedBytes: hasRules ? 2 << 20 : 16 << 20, wholeFiles: hasRules ? 32 : 128,
      wholeFileBytes: hasRules ? 4 << 20 : 96 << 20, tokenises: true)
  }

  /// For the question whether records give documents at all.
  static let glance = ProbeSize(
    places: 8, placeBytes: 16 << 10, compressedFiles: 2, compressedBytes: 1 << 20, wholeFiles: 4,
    wholeFileBytes: 4 << 20, tokenises: false)

  /// Uncompressed bytes that a decoder may hold back: those of a gzip member that it decodes whole.
  static let greatestLag: UInt64 = 8 << 20

  /// The bytes of all places.
  var allPlacesBytes: UInt64 { UInt64(places * placeBytes) }
}
