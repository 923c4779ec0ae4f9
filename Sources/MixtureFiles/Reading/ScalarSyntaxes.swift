import Bytes
import Declarations
import Yams

extension ValueSyntax where Value == String {
  /// Any string but the empty one.
  static func text(_ words: String) -> ValueSyntax {
    .scalar(.text(words), words) { $0.isEmpty ? nil : $0 }
  }

  /// A name that becomes part of file names.
  static let name = ValueSyntax.scalar(.name, NameRule.words) { NameRule.accepts($0) ? $0 : nil }

  /// One of some values; one that this version cannot do is an error.
  static func choice(_ noun: String, _ choices: [Choice]) -> ValueSyntax {
    ValueSyntax(form: .choice(choices)) { node, name, reading in
      let names = choices.map(\.name)
      guard case .scalar(let scalar) = node, !node.isNothing else {
        let list = names.joined(separator: ", ")
        let not = node.isNothing ? "" : ", not \(node.words)"
        reading.report(node.place, "\(name) must be one of \(list)\(not)")
        return nil
      }
      reading.checkTag(node)
      guard let choice = choices.first(where: { $0.name == scalar.string }) else {
        let hint = NearestName.hint(for: scalar.string, among: names, noun: "values")
        let shown = YAMLText.excerpt(scalar.string)
        reading.report(node.place, "unknown \(noun) \"\(shown)\"\(hint)")
        return nil
      }
      if !choice.isSupported {
        let works = choices.filter(\.isSupported).map(\.name).joined(separator: ", ")
        reading.report(
          node.place, "\(noun) \"\(choice.name)\" is not supported yet; what works now: \(works)")
      }
      return choice.name
    }
  }
}

extension ValueSyntax where Value == Bool {
  /// `true` or `false`.
  static let boolean = ValueSyntax.scalar(.boolean, "true or false", quotable: false) {
    $0 == "true" ? true : $0 == "false" ? false : nil
  }
}

extension ValueSyntax where Value == UInt64 {
  /// A whole number in a range.
  static func integer(_ range: ClosedRange<UInt64>) -> ValueSyntax {
    let words = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return .scalar(.integer(range), words, quotable: false) { text in
      // UInt64 would also read a sign.
      guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt64(text)
      else { return nil }
      return range.contains(number) ? number : nil
    }
  }

  /// A number of tokens in a range.
  static func tokenCount(_ range: ClosedRange<UInt64>) -> ValueSyntax {
    let words = "a whole number of tokens such as 4096, 10k, 31.3M or 2.62B"
    return .scalar(.tokenCount(range), words) { text in
      TokenCount.parse(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A size in bytes in a range.
  static func byteSize(_ range: ClosedRange<UInt64>) -> ValueSyntax {
    let bounds = "\(ByteSize.words(range.lowerBound)) to \(ByteSize.words(range.upperBound))"
    return .scalar(.byteSize(range), "a size from \(bounds)") { text in
      ByteSize.parse(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ValueSyntax where Value == UInt32 {
  /// A token id.
  static let tokenID = ValueSyntax<UInt64>.integer(0...UInt64(UInt32.max)).map {
    UInt32(exactly: $0)
  }
}

extension ValueSyntax where Value == TokenReference {
  /// A token by its id or its text, or `none`; a text of digits is quoted.
  static let token = ValueSyntax(
    form: .either(.integer(0...UInt64(UInt32.max)), .text("the text of a token, or `none`"))
  ) { node, name, reading in
    let words = "an id, the text of a token, or none"
    guard case .scalar(let scalar) = node, !node.isNothing, !scalar.string.isEmpty else {
      reading.report(node.place, "\(name) must be \(words)")
      return nil
    }
    reading.checkTag(node)
    guard node.plainText != nil else { return .text(scalar.string) }
    if scalar.string == "none" { return TokenReference.none }
    guard scalar.string.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return .text(scalar.string)
    }
    guard let id = UInt32(scalar.string) else {
      reading.report(node.place, "\(name) must be \(words); \(scalar.string) is beyond all ids")
      return nil
    }
    return .id(id)
  }
}

extension ValueSyntax where Value == DecimalShare {
  /// A share, zero or more.
  static let share = ValueSyntax.scalar(.share, "a share such as 5% or 0.05") { Share.parse($0) }

  /// A share of a whole: no more than 100%.
  static let shareOfAll = ValueSyntax.scalar(.share, "a share from 0% to 100%") { text in
    Share.parse(text).flatMap { $0.approximate <= 1 ? $0 : nil }
  }
}

extension ValueSyntax where Value == Digest {
  /// A SHA-256.
  static let sha256 = ValueSyntax.scalar(.sha256, "64 lower-case hexadecimal digits") {
    Digest(hex: $0)
  }
}

/// Which names may become part of file names.
enum NameRule {
  /// What a name must be, for messages.
  static let words =
    "a name of at most 100 letters, digits, \".\", \"_\" and \"-\" that begins with a letter or digit"
  /// The same as a regular expression of JSON Schema.
  static let pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"

  /// Whether a name is one.
  static func accepts(_ name: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    guard let first = name.utf8.first, isAlphanumeric(first), name.utf8.count <= 100 else {
      return false
    }
    return name.utf8.allSatisfy { isAlphanumeric($0) || [0x2E, 0x5F, 0x2D].contains($0) }
  }
}
