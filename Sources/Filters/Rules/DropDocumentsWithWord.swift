import Bytes
import Declarations

/// Drops documents with a word of a list, as C4 does with LDNOOBW's.
///
/// The text is looked at as Python's `str.lower` makes it, the words are taken as they are, so words
/// with capital letters are never found. What each word has removed is counted: such lists are known
/// to remove innocent pages, too.
struct DropDocumentsWithWord: Rule {
  static let name = "drop-documents-with-word"
  static let summary = "drops documents that contain a word of a list"
  static let parameters: [Parameter] = [
    .optional("list", .file, "a file of UTF-8 with a word a line, relative to the filter file"),
    .optional("words", .texts, "words, besides those of `list`"),
    .optional("except", .texts, "words of `list` that are left out"),
    .choice("boundaries", standard: WordBoundaries.words, "where a word is found"),
  ]
  static let example = RuleExample(
    parameters: ["words": .texts(["casino"])], before: "Our CASINO opens at noon.", after: nil)

  private let finder: WordFinder

  var items: [String] { finder.words.map { String(decoding: $0, as: UTF8.self) } }

  init(parameters: Parameters) throws(CuveeError) {
    try self.init(parameters: parameters, resources: RuleResources())
  }

  init(parameters: Parameters, resources: RuleResources) throws(CuveeError) {
    var words: [[UInt8]] = []
    if let file = parameters.file("list") {
      guard let bytes = resources.bytes(of: "list") else {
        throw .badData("\(Self.name): the file \(file.path) was not read")
      }
      words = try Self.words(of: bytes, path: file.path)
    }
    let except = Set(parameters.optionalTexts("except") ?? [])
    words.removeAll { except.contains($0) }
    words += parameters.optionalTexts("words") ?? []
    if words.contains([]) { throw .badData("\(Self.name): a word must not be empty") }
    guard !words.isEmpty else {
      throw .badData("\(Self.name): there is no word to look for; give `list` or `words`")
    }
    var seen: Set<[UInt8]> = []
    words = words.filter { seen.insert($0).inserted }
    let boundaries: WordBoundaries = parameters.choice("boundaries")
    finder = WordFinder(words, needsBoundaries: boundaries == .words)
  }

  /// The lines of a list without white space at their ends; empty ones are no words.
  private static func words(of bytes: [UInt8], path: String) throws(CuveeError) -> [[UInt8]] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .badData("\(name): \(path) is not UTF-8")
    }
    let span = bytes.span
    var words: [[UInt8]] = []
    ByteSearch.forEachLine(in: span) { whole in
      let line = UTF8Text.stripped(whole, in: span)
      if !line.isEmpty { words.append(Array(bytes[line])) }
    }
    return words
  }

  func fault(in document: inout DocumentView) -> Measure? {
    let lowered = document.lowered.bytes
    guard let word = finder.first(in: lowered.span) else { return nil }
    var measure = Measure(1, against: 0)
    measure.item = Int32(truncatingIfNeeded: word)
    return measure
  }
}
