/// What checking an output found.
public struct VerificationReport: Codable, Sendable, Equatable {
  /// Something that is not as the manifest says.
  public struct Finding: Codable, Sendable, Equatable {
    /// The file, or the part of the manifest.
    public var place: String
    /// What is wrong.
    public var message: String
  }

  /// How much was checked.
  public struct Counts: Codable, Sendable, Equatable {
    /// Files whose digests were computed anew.
    public var files: UInt64 = 0
    /// Their uncompressed bytes.
    public var rawBytes: UInt64 = 0
    /// Their bytes on the disk.
    public var compressedBytes: UInt64 = 0
    /// Rows read.
    public var rows: UInt64 = 0
    /// Tokens in these rows.
    public var tokens: UInt64 = 0
    /// Segments read.
    public var segments: UInt64 = 0
    /// Documents read from the tables of documents.
    public var documents: UInt64 = 0
    /// Input files in the list.
    public var inputs: UInt64 = 0

    enum CodingKeys: String, CodingKey {
      case files
      case rawBytes = "raw_bytes"
      case compressedBytes = "compressed_bytes"
      case rows, tokens, segments, documents, inputs
    }
  }

  /// The findings, in the order in which they were met; none when the output is sound.
  public private(set) var findings: [Finding] = []
  /// How much was checked.
  public var counts = Counts()

  /// Findings of one place that are listed one by one; more are counted.
  static let mostOfOnePlace = 10
  private var notListed: [String: Int] = [:]
  private var listed: [String: Int] = [:]

  enum CodingKeys: String, CodingKey { case findings, counts }

  /// Whether nothing was found.
  public var isSound: Bool { findings.isEmpty }

  mutating func add(_ place: String, _ message: String) {
    if listed[place, default: 0] < VerificationReport.mostOfOnePlace {
      listed[place, default: 0] += 1
      findings.append(Finding(place: place, message: message))
    } else {
      notListed[place, default: 0] += 1
    }
  }

  /// Adds a finding for each place that had more than are listed.
  mutating func close() {
    for (place, count) in notListed.sorted(by: { $0.key < $1.key }) {
      findings.append(Finding(place: place, message: "and \(count) more like these"))
    }
    notListed = [:]
  }
}
