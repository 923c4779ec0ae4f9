import Bytes
import Deduplication

/// What a barrier has removed of a text part.
struct PartMarks: Sendable {
  /// The key of the marks among the results of mark.
  let key: Digest
  /// The digest of the removals themselves: what later stages depend on.
  let digest: Digest
  /// What was removed.
  let scope: BarrierScope
  /// The entries of the barrier in the source's account.
  let entries: Range<Int>
  /// The text parts that the barrier looked at, by rank: the documents that stayed are in them.
  let parts: [TextPart]
}

/// A text part with what barriers have removed of it so far.
struct MarkedTextPart: Sendable {
  /// The text, without what steps before it have removed.
  var text: TextPart
  /// The removals that are still to be applied to it, in the order of the barriers.
  var marks: [PartMarks] = []

  /// The ids of the entries, in the source's account, that applying the marks adds to.
  func ids(_ entries: StepEntries) -> [String] { marks.flatMap { entries.ids($0.entries) } }

  /// The digest of the marks: what is left of the text depends on them.
  var marksKey: Digest {
    var key = KeyBuilder("marks", version: ToolVersion.formats)
    for mark in marks {
      key.add("removals", mark.digest)
      key.add("scope", "\(mark.scope)")
    }
    return key.key
  }
}
