import Bytes
import Documents

/// The text that one stage leaves for the next: zstd-compressed JSON Lines, readable with
/// `zstdcat | jq`.
///
/// A line is `{"file":0,"record":12,"offset":3456,"id":"..","text":".."}`: the document's origin,
/// id and text. `StoredTextParser` reads it.
public enum StoredText {
  /// Appends the line of one document of a batch, with its LF.
  public static func appendLine(
    of batch: borrowing DocumentBatch, _ index: Int, to output: inout [UInt8]
  ) {
    let origin = batch.origins[index]
    output += Array("{\"file\":\(origin.file),\"record\":\(origin.record)".utf8)
    output += Array(",\"offset\":\(origin.byteOffset),\"id\":".utf8)
    JSONText.appendString(batch.ids.span.extracting(batch.idRange(index)), to: &output)
    output += Array(",\"text\":".utf8)
    JSONText.appendString(batch.text.span.extracting(batch.textRange(index)), to: &output)
    output += [0x7D, 0x0A]
  }
}
