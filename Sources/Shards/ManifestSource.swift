/// A source of an output: what was read, what was dropped and why, what was used.
public struct ManifestSource: Codable, Sendable, Equatable {
  /// The source's name.
  public var name: String
  /// The input files of the source.
  public var files: UInt64
  /// How its records become documents.
  public var reader: ManifestReader
  /// Its documents.
  public var documents: ManifestAccount
  /// The bytes of its documents' text.
  public var bytes: ManifestAccount
  /// What each step has done, in the order of the steps.
  public var steps: [ManifestStep]
  /// Special tokens that its documents spell out.
  public var specialTokens: UInt64
  /// The records that gave no document, by the stable name of the reason.
  public var badRecords: [String: UInt64]
  /// Its tokens.
  public var tokens: ManifestTokens
  /// Its rows.
  public var rows: ManifestRows
  /// How often the source was gone through: rows used over the rows of an epoch.
  public var epochs: Double

  enum CodingKeys: String, CodingKey {
    case name, files, reader, documents, bytes, steps
    case specialTokens = "special_tokens"
    case badRecords = "bad_records"
    case tokens, rows, epochs
  }

  /// Creates the account of a source; `epochs` follows from the rows.
  public init(
    name: String, files: UInt64, reader: ManifestReader, documents: ManifestAccount,
    bytes: ManifestAccount, steps: [ManifestStep], specialTokens: UInt64,
    badRecords: [String: UInt64], tokens: ManifestTokens, rows: ManifestRows
  ) {
    self.name = name
    self.files = files
    self.reader = reader
    self.documents = documents
    self.bytes = bytes
    self.steps = steps
    self.specialTokens = specialTokens
    self.badRecords = badRecords
    self.tokens = tokens
    self.rows = rows
    epochs = Double(rows.used) / Double(max(1, rows.perEpoch))
  }
}

/// What came in, what went on and what was dropped by reason: `read` + `added` = `kept` + all of
/// `dropped`.
public struct ManifestAccount: Codable, Sendable, Equatable {
  /// The reason of bytes that went without being a line or a document: white space, line ends and
  /// what rules take out of lines.
  public static let trimmed = "trimmed"

  /// What was read.
  public var read: UInt64
  /// What was kept.
  public var kept: UInt64
  /// What was dropped, by the stable name of the reason.
  public var dropped: [String: UInt64]
  /// What steps have put in; nil where it is nothing.
  public var added: UInt64?

  /// Creates an account.
  public init(
    read: UInt64, kept: UInt64, dropped: [String: UInt64], added: UInt64? = nil
  ) {
    self.read = read
    self.kept = kept
    self.dropped = dropped
    self.added = added
  }

  /// Whether nothing was lost.
  public var isBalanced: Bool { read &+ (added ?? 0) == dropped.values.reduce(kept, &+) }
}

/// The tokens of a source: `total` times `epochsBegun` = `used` + `tail` + `unused`.
public struct ManifestTokens: Codable, Sendable, Equatable {
  /// The tokens of one epoch, end-of-document tokens included.
  public var total: UInt64
  /// The epochs of which a row was used.
  public var epochsBegun: UInt64
  /// The tokens in rows of the output.
  public var used: UInt64
  /// The tokens at the ends of the epochs begun that do not fill a row.
  public var tail: UInt64
  /// The tokens in rows of the last epoch begun that the output does not take.
  public var unused: UInt64

  enum CodingKeys: String, CodingKey {
    case total
    case epochsBegun = "epochs_begun"
    case used, tail, unused
  }

  /// Creates an account of tokens.
  public init(total: UInt64, epochsBegun: UInt64, used: UInt64, tail: UInt64, unused: UInt64) {
    self.total = total
    self.epochsBegun = epochsBegun
    self.used = used
    self.tail = tail
    self.unused = unused
  }

  /// Whether nothing was lost.
  public var isBalanced: Bool {
    let all = total.multipliedReportingOverflow(by: epochsBegun)
    return !all.overflow && all.partialValue == used &+ tail &+ unused
  }
}

/// The rows of a source.
public struct ManifestRows: Codable, Sendable, Equatable {
  /// The rows of one epoch.
  public var perEpoch: UInt64
  /// The rows in the output.
  public var used: UInt64

  enum CodingKeys: String, CodingKey {
    case perEpoch = "per_epoch"
    case used
  }

  /// Creates an account of rows.
  public init(perEpoch: UInt64, used: UInt64) {
    self.perEpoch = perEpoch
    self.used = used
  }
}
