import Bytes

/// The edits of a document as bytes, for files.
///
/// For each edit: its offset and its length in the original text, the length of what stands there
/// now, each as a LEB128 number, and then these bytes. No edits are no bytes.
public enum EditCode {
  /// Appends the edits of a document.
  ///
  /// - Parameters:
  ///   - index: The document's index in its batch.
  ///   - list: The batch's edits.
  ///   - output: Takes the bytes.
  public static func append(of index: Int, _ list: EditList, to output: inout [UInt8]) {
    for edit in list.edits[list.range(of: index)] {
      append(edit.offset, to: &output)
      append(edit.length, to: &output)
      append(edit.replacement.count, to: &output)
      output.append(list.replacements.span.extracting(edit.replacement))
    }
  }

  /// The text that edits make of an original text; nil where they are not edits of such a text.
  public static func apply(_ code: Span<UInt8>, to original: Span<UInt8>) -> [UInt8]? {
    var text: [UInt8] = []
    var position = 0
    var index = 0
    while index < code.count {
      guard let offset = number(code, &index), let length = number(code, &index),
        let count = number(code, &index), offset >= position, offset <= original.count,
        length <= original.count - offset, count <= code.count - index
      else { return nil }
      text.append(original, from: position, to: offset)
      text.append(code, from: index, to: index + count)
      index += count
      position = offset + length
    }
    text.append(original, from: position, to: original.count)
    return text
  }

  /// The number of edits; nil where the bytes are no edits.
  public static func count(_ code: Span<UInt8>) -> Int? {
    var index = 0
    var edits = 0
    while index < code.count {
      guard number(code, &index) != nil, number(code, &index) != nil,
        let count = number(code, &index), count <= code.count - index
      else { return nil }
      index += count
      edits += 1
    }
    return edits
  }

  private static func append(_ number: Int, to output: inout [UInt8]) {
    var rest = UInt64(number)
    while rest >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    output.append(UInt8(rest))
  }

  private static func number(_ code: Span<UInt8>, _ index: inout Int) -> Int? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while index < code.count, shift < 63 {
      let byte = code[index]
      index += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(exactly: value) }
      shift += 7
    }
    return nil
  }
}
