import Bytes
import Documents

/// The text that one stage leaves for the next: zstd-compressed JSON Lines, readable with
/// `zstdcat | jq`.
///
/// A line is `{"file":0,"record":12,"offset":3456,"id":"..","text":".."}`: the document's origin,
/// id and text; before the text come `url` and `timestamp` where a step asks for them, and after it
/// `"edits":[[offset,length,"replacement"],..]`, in bytes of the text as it was read, where filters
/// have changed it. `StoredTextParser` reads it.
public enum StoredText {
  /// Appends the line of one document of a batch, with its LF.
  public static func appendLine(
    of batch: borrowing DocumentBatch, _ index: Int, to output: inout [UInt8]
  ) {
    let origin = batch.origins[index]
    output += Array("{\"file\":\(origin.file),\"record\":\(origin.record)".utf8)
    output += Array(",\"offset\":\(origin.byteOffset),\"id\":".utf8)
    JSONText.appendString(batch.ids.span.extracting(batch.idRange(index)), to: &output)
    append(batch.urls, index, as: "url", to: &output)
    append(batch.timestamps, index, as: "timestamp", to: &output)
    output += Array(",\"text\":".utf8)
    JSONText.appendString(batch.text.span.extracting(batch.textRange(index)), to: &output)
    appendEdits(of: index, batch.edits, to: &output)
    output += [0x7D, 0x0A]
  }

  private static func append(
    _ column: TextColumn, _ index: Int, as key: String, to output: inout [UInt8]
  ) {
    let range = column.range(index)
    if range.isEmpty { return }
    output += Array(",\"\(key)\":".utf8)
    JSONText.appendString(column.bytes.span.extracting(range), to: &output)
  }

  private static func appendEdits(of index: Int, _ list: EditList, to output: inout [UInt8]) {
    let range = list.range(of: index)
    if range.isEmpty { return }
    output += Array(",\"edits\":[".utf8)
    for position in range {
      let edit = list.edits[position]
      output += Array("\(position == range.lowerBound ? "" : ",")[\(edit.offset),".utf8)
      output += Array("\(edit.length),".utf8)
      JSONText.appendString(list.replacements.span.extracting(edit.replacement), to: &output)
      output.append(0x5D)
    }
    output.append(0x5D)
  }
}
