import Bytes

/// The edits of the documents of a batch: how each text came from the text that was read.
///
/// The edits of a document are in the order of their offsets and do not overlap; between two of
/// them there is at least one byte that is as it was.
public struct EditList: Sendable {
  /// The edits of all documents, one after another.
  public internal(set) var edits: [Edit] = []
  /// The end of each document's edits in `edits`; documents past the last have none.
  public internal(set) var ends: [Int] = []
  /// The bytes that edits put into texts.
  public internal(set) var replacements: [UInt8] = []

  /// Creates a list without edits.
  public init() {}

  /// The range of a document's edits in `edits`.
  public func range(of index: Int) -> Range<Int> {
    guard index < ends.count else { return edits.count..<edits.count }
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Appends the text that a document's edits make of its original text.
  public func apply(
    of index: Int, to original: Span<UInt8>, into text: inout [UInt8]
  ) {
    var position = 0
    for edit in edits[range(of: index)] {
      text.append(original.extracting(position..<edit.offset))
      text.append(replacements.span.extracting(edit.replacement))
      position = edit.offset + edit.length
    }
    text.append(original.extracting(position..<original.count))
  }

  /// Appends the edits of a document that comes after all that have any.
  ///
  /// - Parameters:
  ///   - index: The document's index in its batch.
  ///   - edits: Offset and length in the original text, and what stands there now: in the order of
  ///     their offsets, none overlapping.
  public mutating func append(
    of index: Int, _ edits: [(offset: Int, length: Int, replacement: [UInt8])]
  ) {
    while ends.count < index { ends.append(self.edits.count) }
    for edit in edits {
      let start = replacements.count
      replacements += edit.replacement
      self.edits.append(
        Edit(offset: edit.offset, length: edit.length, replacement: start..<replacements.count))
    }
    ends.append(self.edits.count)
  }

  mutating func removeAll() {
    edits.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    replacements.removeAll(keepingCapacity: true)
  }
}
