import Bytes

/// An added token of a tokenizer.json.
struct AddedToken {
  var id: UInt32
  var content: String
  var isWord = false
  var stripsLeft = false
  var stripsRight = false
  var isSpecial = false
  /// Whether it is looked for in the normalised text.
  var isNormalized: Bool

  /// Reads one. Some vocabularies have thousands, for which Foundation needs as long as for all else.
  ///
  /// - Throws: `badData` where it is no object with an id and a content.
  init(_ cursor: inout JSONCursor) throws(CuveeError) {
    _ = try cursor.peek()
    let start = cursor.index
    var (id, content, normalized): (UInt32?, String?, Bool?)
    var isFirst = true
    var key: [UInt8] = []
    try cursor.expect(UInt8(ascii: "{"))
    while try cursor.nextKey(&key, &isFirst) {
      switch String(decoding: key, as: UTF8.self) {
      case "id": id = try cursor.id()
      case "content":
        var bytes: [UInt8] = []
        try cursor.string(into: &bytes)
        content = String(decoding: bytes, as: UTF8.self)
      case "single_word": isWord = try cursor.bool() ?? false
      case "lstrip": stripsLeft = try cursor.bool() ?? false
      case "rstrip": stripsRight = try cursor.bool() ?? false
      case "normalized": normalized = try cursor.bool()
      case "special": isSpecial = try cursor.bool() ?? false
      default: try cursor.skipValue(depth: 3)
      }
      key.removeAll(keepingCapacity: true)
    }
    guard let id, let content else {
      throw cursor.error("an added token needs an \"id\" and a \"content\"", at: start)
    }
    self.id = id
    self.content = content
    isNormalized = normalized ?? !isSpecial
  }
}
