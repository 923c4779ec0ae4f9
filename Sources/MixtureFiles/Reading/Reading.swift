import Bytes

/// The state of reading one mixture file: what is known, and the errors so far.
///
/// Reading goes on after an error with whatever stands in for the value, so that all errors are
/// found; nothing that was read is used when there was one.
struct Reading {
  /// The names that other targets know.
  let vocabulary: MixtureVocabulary
  /// The errors so far.
  var diagnostics = Diagnostics()
  /// The names of the sources, once they are read; nil where the file names none.
  var sourceNames: [String]? {
    didSet { sourceNameSet = Set(sourceNames ?? []) }
  }
  private var sourceNameSet: Set<String> = []

  /// Starts a reading.
  init(vocabulary: MixtureVocabulary) { self.vocabulary = vocabulary }

  /// Adds an error.
  mutating func report(_ mark: Mark, _ message: String) { diagnostics.report(mark, message) }

  /// The name at a place, where it is one of the file's sources; an error otherwise.
  mutating func sourceName(_ name: String, at mark: Mark) -> String? {
    guard let sourceNames, !sourceNameSet.contains(name) else { return name }
    let hint = NearestName.hint(for: name, among: sourceNames, noun: "sources")
    report(mark, "unknown source \"\(YAMLText.excerpt(name))\"\(hint)")
    return nil
  }
}
