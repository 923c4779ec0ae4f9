import Bytes

/// The U+2581 that some normalisers write for every space, as Llama's does, taken back.
///
/// Such a normaliser leaves no space, so U+2581 and the space are one symbol to the model. Written as
/// a space in text and in tokens it is two bytes less, and ASCII stays ASCII, which is what cutting and
/// merging are fast on. (`SentencePieceNormalizer` does the same.)
struct SpaceMarks {
  private static let mark: [UInt8] = [0xE2, 0x96, 0x81]

  /// The normaliser that writes spaces; nil where there are no marks to take back.
  let normalizer: TextNormalizer?

  /// Looks at a vocabulary whose text is cut by nothing but its tokens.
  ///
  /// - Parameters:
  ///   - normalizer: What it does to text.
  ///   - vocabulary: Its tokens.
  ///   - added: Those added to them: white space beside them must count for nothing.
  init(
    _ normalizer: TextNormalizer?, vocabulary: TokenBytes,
    added: [AddedToken]
  ) {
    let strips = added.contains { $0.stripsLeft || $0.stripsRight }
    // An unknown mark would be three bytes to a vocabulary that falls back to them.
    guard let spaces = Self.spaces(normalizer), !strips, vocabulary[Self.mark] != nil,
      !vocabulary.holds(0x20)
    else {
      self.normalizer = nil
      return
    }
    self.normalizer = spaces
  }

  /// The same normaliser with spaces for marks; nil where it is not of this kind.
  private static func spaces(_ normalizer: TextNormalizer?) -> TextNormalizer? {
    let spaces = TextNormalizer.replace(mark, with: [0x20])
    switch normalizer {
    case .replace([0x20], with: mark)?: return spaces
    case .sequence(let parts)?:
      guard parts.count == 2, case .prepend(let prefix) = parts[0],
        case .replace([0x20], with: mark) = parts[1]
      else { return nil }
      return .sequence([.prepend(spaces.apply(prefix)), spaces])
    default: return nil
    }
  }

  /// Tokens as text has them.
  ///
  /// - Throws: `badData` where two become one.
  func tokens(_ written: TokenBytes, place: String) throws(CuveeError) -> TokenBytes {
    if normalizer == nil { return written }
    var list = ByteStrings(capacity: written.count)
    var ids: [UInt32] = []
    ids.reserveCapacity(written.count)
    var bytes: [UInt8] = []
    written.forEach { id, token in
      bytes.removeAll(keepingCapacity: true)
      SentencePieceNormalizer.appendUnmarked(token, to: &bytes)
      list.append(bytes.span)
      ids.append(id)
    }
    do throws(TokenBytes.Clash) {
      return try TokenBytes(list, ids: ids)
    } catch {
      throw .badData("\(place): the token of id \(error.id): \(error)")
    }
  }
}
