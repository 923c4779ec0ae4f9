import Bytes

/// Turns ids of a SentencePiece model to text, as its own decoder does.
struct SentencePieceDecoder: Sendable {
  private enum Surface: Sendable {
    case text([UInt8])
    case byte(UInt8)
    case nothing
  }

  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
  private let surfaces: [Surface]
  private let unknownSurface: [UInt8]
  private let unknownID: Int?
  private let options: SentencePieceFile.Normalization

  init(_ model: SentencePieceFile) throws(CuveeError) {
    options = model.normalization
    unknownSurface = model.unknownSurface
    unknownID = model.pieces.firstIndex { $0.kind == .unknown }
    surfaces = model.pieces.map { piece in
      switch piece.kind {
      case .control: return .nothing
      case .unknown: return .text(model.unknownSurface)
      case .byte: return ByteFallback.byte(piece.text).map { .byte($0) } ?? .text(piece.bytes)
      case .normal, .userDefined, .unused: return .text(piece.bytes)
      }
    }
  }

  /// Appends the text of ids; an id without a piece gives U+FFFD.
  func decode(_ ids: Span<UInt32>, into output: inout [UInt8]) {
    let first = output.count
    var bytes: [UInt8] = []
    var stripsSpace = options.addsDummyPrefix || options.removesExtraWhitespace
    var hasStripped = false
    for index in 0..<ids.count {
      let id = Int(ids[index])
      let surface = id < surfaces.count ? surfaces[id] : .text(Self.replacement)
      if case .byte(let byte) = surface {
        bytes.append(byte)
        continue
      }
      flush(&bytes, to: &output)
      if hasStripped || output.count > first { stripsSpace = false }
      hasStripped = false
      guard case .text(let text) = surface else { continue }
      if id == unknownID {
        output += text
        continue
      }
      var piece = text[...]
      if stripsSpace, piece.starts(with: [0xE2, 0x96, 0x81]) {
        piece = piece.dropFirst(3)
        // Where extra spaces are removed, all that lead are.
        hasStripped = !options.removesExtraWhitespace
      }
      SentencePieceNormalizer.appendUnmarked(piece.span, to: &output)
    }
    flush(&bytes, to: &output)
  }

  /// Appends bytes, with U+FFFD for each that is not UTF-8.
  private func flush(_ bytes: inout [UInt8], to output: inout [UInt8]) {
    ByteFallback.appendValid(bytes, to: &output)
    bytes.removeAll(keepingCapacity: true)
  }
}

extension ByteFallback {
  /// Appends bytes, with U+FFFD for each that is not UTF-8.
  static func appendValid(_ bytes: [UInt8], to output: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let (point, length) = UTF8Decoding.scalar(in: bytes.span, at: index)
      UTF8Decoding.append(point, to: &output)
      index += length
    }
  }
}
