import Bytes

/// A tokenizer.json taken apart: its added tokens and the lists of its model, which are nearly all of a
/// large file, and the rest.
struct TokenizerJSON {
  /// The pieces of a unigram model.
  struct Pieces {
    var contents = ByteStrings()
    var scores: [Double] = []
  }

  /// The file with the lists empty.
  private(set) var rest: VocabularyFile
  /// The tokens of a model and their ids, where `model.vocab` is an object.
  private(set) var tokens: JSONTokens?
  /// The pieces of a model and their scores, where `model.vocab` is a list.
  private(set) var pieces: Pieces?
  /// The merges of a model, two strings each.
  private(set) var merges: ByteStrings?
  private(set) var addedTokens: [AddedToken] = []

  /// Whether a file is a tokenizer.json: an object with an object `model`. GPT-2's encoder.json has
  /// a token `model`, whose value is a number.
  ///
  /// - Throws: `badData` for what is not JSON.
  static func matches(_ file: VocabularyFile) throws(CuveeError) -> Bool {
    var cursor = JSONCursor(file.bytes, place: file.place)
    var isFirst = true
    var key: [UInt8] = []
    try cursor.expect(UInt8(ascii: "{"))
    while try cursor.nextKey(&key, &isFirst) {
      if key == Array("model".utf8), try cursor.peek() == UInt8(ascii: "{") { return true }
      key.removeAll(keepingCapacity: true)
      try cursor.skipValue(depth: 1)
    }
    return false
  }

  /// Takes a file apart.
  ///
  /// - Throws: `badData` for what is not JSON, and for lists of another form.
  init(_ file: VocabularyFile) throws(CuveeError) {
    rest = file
    var cursor = JSONCursor(file.bytes, place: file.place)
    var lists: [Range<Int>] = []
    var isFirst = true
    var key: [UInt8] = []
    var (hasModel, hasAdded) = (false, false)
    try cursor.expect(UInt8(ascii: "{"))
    while try cursor.nextKey(&key, &isFirst) {
      if key == Array("model".utf8), try cursor.peek() == UInt8(ascii: "{") {
        if hasModel { throw cursor.error("the key \"model\" is there twice") }
        hasModel = true
        try readModel(&cursor, &lists)
      } else if key == Array("added_tokens".utf8), try cursor.peek() != UInt8(ascii: "n") {
        if hasAdded { throw cursor.error("the key \"added_tokens\" is there twice") }
        hasAdded = true
        let start = cursor.index
        try readAddedTokens(&cursor)
        lists.append(start..<cursor.index)
      } else {
        try cursor.skipValue(depth: 1)
      }
      key.removeAll(keepingCapacity: true)
    }
    try cursor.finish()
    rest = file.withEmptied(lists)
  }

  private mutating func readAddedTokens(_ cursor: inout JSONCursor) throws(CuveeError) {
    var isFirst = true
    try cursor.expect(UInt8(ascii: "["))
    while try cursor.next(&isFirst, until: UInt8(ascii: "]")) {
      addedTokens.append(try AddedToken(&cursor))
    }
  }

  private mutating func readModel(
    _ cursor: inout JSONCursor, _ lists: inout [Range<Int>]
  ) throws(CuveeError) {
    try cursor.expect(UInt8(ascii: "{"))
    var isFirst = true
    var key: [UInt8] = []
    while try cursor.nextKey(&key, &isFirst) {
      let name = String(decoding: key, as: UTF8.self)
      key.removeAll(keepingCapacity: true)
      let mark = try cursor.peek()
      let start = cursor.index
      switch (name, mark) {
      case ("vocab", UInt8(ascii: "{")):
        if tokens != nil { throw cursor.error("the key \"vocab\" is there twice") }
        tokens = try JSONTokens(&cursor)
      case ("vocab", UInt8(ascii: "[")):
        if pieces != nil { throw cursor.error("the key \"vocab\" is there twice") }
        pieces = try Self.pieces(&cursor)
      case ("merges", UInt8(ascii: "[")):
        if merges != nil { throw cursor.error("the key \"merges\" is there twice") }
        merges = try Self.merges(&cursor, of: rest.bytes)
      default:
        try cursor.skipValue(depth: 2)
        continue
      }
      lists.append(start..<cursor.index)
    }
  }

  private static func pieces(_ cursor: inout JSONCursor) throws(CuveeError) -> Pieces {
    var pieces = Pieces()
    var isFirst = true
    try cursor.expect(UInt8(ascii: "["))
    while try cursor.next(&isFirst, until: UInt8(ascii: "]")) {
      try cursor.expect(UInt8(ascii: "["))
      try pieces.contents.append(&cursor)
      try cursor.expect(UInt8(ascii: ","))
      pieces.scores.append(try cursor.double())
      try cursor.expect(UInt8(ascii: "]"))
    }
    return pieces
  }

  /// Merges are `"a b"`, or `["a", "b"]` in files written since version 0.20 of tokenizers.
  private static func merges(
    _ cursor: inout JSONCursor, of text: [UInt8]
  ) throws(CuveeError) -> ByteStrings {
    var merges = ByteStrings(of: text)
    var isFirst = true
    try cursor.expect(UInt8(ascii: "["))
    while try cursor.next(&isFirst, until: UInt8(ascii: "]")) {
      if try cursor.peek() == UInt8(ascii: "[") {
        try cursor.expect(UInt8(ascii: "["))
        try merges.append(&cursor)
        try cursor.expect(UInt8(ascii: ","))
        try merges.append(&cursor)
        try cursor.expect(UInt8(ascii: "]"))
      } else {
        let start = cursor.index
        try merges.append(&cursor)
        guard merges.splitLast() else { throw cursor.error("a merge is two tokens", at: start) }
      }
    }
    return merges
  }
}
