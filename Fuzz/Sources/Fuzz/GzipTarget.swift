/// gzip members.
struct GzipTarget: FuzzTarget {
  static let name = "gzip"
  private let stream = StreamReading()

  func run(_ bytes: [UInt8]) { _ = stream.check(bytes, name: "fuzz.gz") }
}
