/// The tokens that stand for single bytes: `<0x00>` to `<0xFF>`.
enum ByteFallback {
  /// The name of a byte's token.
  static func name(_ byte: UInt8) -> String {
    let hex = String(byte, radix: 16, uppercase: true)
    return "<0x" + (hex.count < 2 ? "0" : "") + hex + ">"
  }

  /// The byte that a token's name stands for.
  static func byte(_ name: String) -> UInt8? {
    guard name.utf8.count == 6, name.hasPrefix("<0x"), name.hasSuffix(">") else { return nil }
    return UInt8(name.dropFirst(3).dropLast(), radix: 16)
  }
}
