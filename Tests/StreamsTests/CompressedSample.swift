import Testing

/// Small compressed files made by other programs, and what they hold.
struct CompressedSample: CustomTestStringConvertible {
  var testDescription: String
  var bytes: [UInt8]
  var content: String
  /// Prefixes of these lengths are whole by the format, since a member or frame ends there.
  var wholePrefixes: [Int: String] = [:]

  static let numbers = (1...40).map { "\($0)\n" }.joined()

  // gzip 1.12: `printf 'one\ntwo\n' | gzip -n9`, `printf 'three\n' | gzip -n9`, `gzip -n < /dev/null`.
  static let one = hex("1f8b0800000000000203cbcf4be52a29cfe70200e60bba1208000000")
  static let three = hex("1f8b08000000000002032bc9284a4de50200d8c546ff06000000")
  static let none = hex("1f8b080000000000000303000000000000000000")

  // zstd 1.5.4: of a pipe (no content size), `--no-check` of a pipe, of a file, of nothing.
  static let oneFrame = hex("28b52ffd04584100006f6e650a74776f0ae6a60e40")
  static let bareFrame = hex("28b52ffd00584100006f6e650a74776f0a")
  static let sizedFrame = hex("28b52ffd24084100006f6e650a74776f0ae6a60e40")
  static let emptyFrame = hex("28b52ffd240001000099e9d851")
  /// RFC 8878 section 3.1.2: a magic of 0x184D2A50 to 0x184D2A5F, a size, and that many bytes.
  static let skippable = hex("532a4d1803000000") + [1, 2, 3]

  static let gzip: [CompressedSample] = [
    .init(testDescription: "a member", bytes: one, content: "one\ntwo\n"),
    .init(testDescription: "an empty member", bytes: none, content: ""),
    .init(
      testDescription: "a member with a name and a time",
      bytes: hex("1f8b0808ca3e026b00036100cbcf4be52a29cfe70200e60bba1208000000"),
      content: "one\ntwo\n"),
    .init(
      testDescription: "members, empty ones among them",
      bytes: one + none + three + none, content: "one\ntwo\nthree\n",
      wholePrefixes: [28: "one\ntwo\n", 48: "one\ntwo\n", 74: "one\ntwo\nthree\n"]),
    .init(
      testDescription: "numbers",
      bytes: hex(
        "1f8b08000000000002030dccc101c0300803b1ff4d836d42c2fe8bb51a40c284e6305c1e8b0a091905353a68"
          + "d0450f2d2e2c6c1cdcf8e0c1173fbca488c85f86343964c8258f2c5d7cefb4d0e46f000000"),
      content: numbers),
  ]

  static let zstd: [CompressedSample] = [
    .init(testDescription: "a frame without content size", bytes: oneFrame, content: "one\ntwo\n"),
    .init(testDescription: "a frame without checksum", bytes: bareFrame, content: "one\ntwo\n"),
    .init(testDescription: "a frame with content size", bytes: sizedFrame, content: "one\ntwo\n"),
    .init(testDescription: "an empty frame", bytes: emptyFrame, content: ""),
    .init(testDescription: "only a frame to skip", bytes: skippable, content: ""),
    .init(
      testDescription: "frames of all kinds",
      bytes: skippable + oneFrame + emptyFrame + skippable
        + sizedFrame, content: "one\ntwo\none\ntwo\n",
      wholePrefixes: [
        11: "", 32: "one\ntwo\n", 45: "one\ntwo\n", 56: "one\ntwo\n",
      ]),
    .init(
      testDescription: "numbers",
      bytes: hex(
        "28b52ffd246fd50100f2860d0ba0c50d4f768bc47fe31e02871c3ae8d5a94f97decebe1e3d70c08b131f2ebc"
          + "9c7c3c78d860d7a63d5b7637f776ec30b8a667b9f305009932fff3"),
      content: numbers),
  ]
}
