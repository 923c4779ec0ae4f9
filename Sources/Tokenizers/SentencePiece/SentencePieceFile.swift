import Bytes

/// What a SentencePiece `.model` file holds that decides ids.
///
/// Field numbers and defaults are those of `sentencepiece_model.proto`.
struct SentencePieceFile {
  /// The kinds of pieces.
  enum Kind: UInt64 {
    case normal = 1
    case unknown = 2
    case control = 3
    case userDefined = 4
    case unused = 5
    case byte = 6
  }

  /// A piece; its id is its place in the list.
  struct Piece {
    var bytes: [UInt8] = []
    var score: Float = 0
    var kind = Kind.normal

    /// The piece as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// How text is prepared.
  struct Normalization {
    var charsmap: [UInt8] = []
    var addsDummyPrefix = true
    var removesExtraWhitespace = true
    var escapesWhitespace = true
  }

  let place: String
  private(set) var pieces: [Piece] = []
  private(set) var modelType: UInt64 = 1
  private(set) var hasByteFallback = false
  private(set) var treatsWhitespaceAsSuffix = false
  private(set) var unknownSurface: [UInt8] = [0x20, 0xE2, 0x81, 0x87, 0x20]
  private(set) var normalization = Normalization()
  private(set) var denormalizes = false

  /// Whether a file looks like one: its first field is a piece, and so are those that follow.
  static func matches(_ file: VocabularyFile) -> Bool {
    guard file.bytes.first == 0x0A else { return false }
    var reader = ProtobufReader(file.bytes, in: 0..<file.bytes.count, place: "")
    guard let field = try? reader.next(), field.number == 1, case .bytes(let range) = field.value
    else { return false }
    var piece = ProtobufReader(file.bytes, in: range, place: "")
    guard let first = try? piece.next(), first.number == 1, case .bytes = first.value
    else { return false }
    return true
  }

  /// Reads a file.
  ///
  /// - Throws: `badData` where it is damaged.
  init(_ file: VocabularyFile) throws(CuveeError) {
    place = file.place
    var reader = ProtobufReader(file.bytes, in: 0..<file.bytes.count, place: file.place)
    while let field = try reader.next() {
      guard case .bytes(let range) = field.value else { continue }
      switch field.number {
      case 1: try readPiece(file.bytes, range)
      case 2: try readTrainer(file.bytes, range)
      case 3: try readNormalizer(file.bytes, range)
      case 5: try readDenormalizer(file.bytes, range)
      default: break
      }
    }
  }

  private mutating func readPiece(_ bytes: [UInt8], _ range: Range<Int>) throws(CuveeError) {
    var reader = ProtobufReader(bytes, in: range, place: place)
    var piece = Piece()
    while let field = try reader.next() {
      switch (field.number, field.value) {
      case (1, .bytes(let range)): piece.bytes = Array(bytes[range])
      case (2, .float(let score)): piece.score = score
      case (3, .number(let value)):
        guard let kind = Kind(rawValue: value) else {
          throw .badData("\(place): piece \(pieces.count) has the type \(value), which is unknown")
        }
        piece.kind = kind
      default: break
      }
    }
    if piece.bytes.isEmpty { throw .badData("\(place): piece \(pieces.count) is empty") }
    if piece.score.isNaN { throw .badData("\(place): the score of piece \(pieces.count) is NaN") }
    pieces.append(piece)
  }

  private mutating func readTrainer(_ bytes: [UInt8], _ range: Range<Int>) throws(CuveeError) {
    var reader = ProtobufReader(bytes, in: range, place: place)
    while let field = try reader.next() {
      switch (field.number, field.value) {
      case (3, .number(let value)): modelType = value
      case (24, .number(let value)): treatsWhitespaceAsSuffix = value != 0
      case (35, .number(let value)): hasByteFallback = value != 0
      case (44, .bytes(let range)): unknownSurface = Array(bytes[range])
      default: break
      }
    }
  }

  private mutating func readNormalizer(_ bytes: [UInt8], _ range: Range<Int>) throws(CuveeError) {
    var reader = ProtobufReader(bytes, in: range, place: place)
    while let field = try reader.next() {
      switch (field.number, field.value) {
      case (2, .bytes(let range)): normalization.charsmap = Array(bytes[range])
      case (3, .number(let value)): normalization.addsDummyPrefix = value != 0
      case (4, .number(let value)): normalization.removesExtraWhitespace = value != 0
      case (5, .number(let value)): normalization.escapesWhitespace = value != 0
      default: break
      }
    }
  }

  private mutating func readDenormalizer(
    _ bytes: [UInt8], _ range: Range<Int>
  ) throws(CuveeError) {
    var reader = ProtobufReader(bytes, in: range, place: place)
    while let field = try reader.next() {
      if field.number == 2, case .bytes(let range) = field.value, !range.isEmpty {
        denormalizes = true
      }
    }
  }
}
