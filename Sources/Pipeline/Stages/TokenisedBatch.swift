import Documents
import Shards

/// The tokens of one frame of text.
struct TokenisedBatch {
  /// The tokens of all documents, in order.
  var tokens: [TokenStretch] = []
  var documents: [TokenisedDocument] = []
  var ids: [UInt8] = []
  var edits: [UInt8] = []
  var kept = Tally()
  var specialTokens = 0
  var steps: [StepAccount] = []
  var samples: [AuditSample] = []
  var storedBytes = 0
}
