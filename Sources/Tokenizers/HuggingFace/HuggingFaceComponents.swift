import Bytes
import Foundation

/// Reads the components of a tokenizer.json; one that is not supported is an error that names it.
struct HuggingFaceComponents {
  let place: String

  /// An error that names a key and its value.
  func unsupported(_ key: String, _ value: String) -> CuveeError {
    .badData("\(place): \(key) \(value) is not supported")
  }

  /// An error that names a key of the model that has no value, or another kind of value.
  func missing(_ key: String, _ wanted: String) -> CuveeError {
    .badData("\(place): model has no key \"\(key)\" with \(wanted)")
  }

  /// The normaliser of a component.
  func normalizer(_ component: HuggingFaceFile.Component) throws(CuveeError) -> TextNormalizer {
    switch component.type {
    case "Sequence":
      var parts: [TextNormalizer] = []
      for part in component.normalizers ?? [] {
        if parts.contains(where: \.isByteLevel) {
          throw unsupported("normalizer \(part.type)", "behind ByteLevel")
        }
        parts.append(try normalizer(part))
      }
      return .sequence(parts)
    case "NFC": return .nfc
    case "NFD": return .nfd
    case "NFKC": return .nfkc
    case "NFKD": return .nfkd
    case "Lowercase": return .lowercase
    case "StripAccents": return .stripAccents
    case "Nmt": return .nmt
    case "ByteLevel": return .byteLevel
    case "Strip":
      return .strip(left: component.strip_left ?? true, right: component.strip_right ?? true)
    case "Prepend": return .prepend(Array((component.prepend ?? "").utf8))
    case "Replace":
      let content = Array((component.content ?? "").utf8)
      if let regex = component.pattern?.Regex {
        return .replaceMatches(
          try RegexReplacement(try compile(regex), place: place), with: content)
      }
      guard let literal = component.pattern?.String, !literal.isEmpty else {
        throw unsupported("normalizer Replace", "without a pattern")
      }
      return .replace(Array(literal.utf8), with: content)
    case "Precompiled":
      guard let data = component.precompiled_charsmap.flatMap({ Data(base64Encoded: $0) }) else {
        throw unsupported("normalizer Precompiled", "whose charsmap is not base64")
      }
      return .precompiled(try PrecompiledCharsmap(Array(data), place: place))
    default: throw unsupported("normalizer", component.type)
    }
  }

  /// The steps of a pre-tokeniser, and whether pieces are bytes from the last on.
  ///
  /// - Parameters:
  ///   - component: The pre-tokeniser, where there is one.
  ///   - isByteLevel: Whether a normaliser has made bytes of the text already.
  /// - Returns: The steps, and whether pieces are bytes behind them.
  /// - Throws: `badData` naming what is not supported.
  func steps(
    _ component: HuggingFaceFile.Component?, isByteLevel: Bool = false
  ) throws(CuveeError) -> (steps: [PretokenStep], isByteLevel: Bool) {
    guard let component else { return ([], isByteLevel) }
    guard component.type == "Sequence" else {
      // Bytes cannot be made of bytes, and a mark of several bytes is none.
      if isByteLevel, ["ByteLevel", "Metaspace"].contains(component.type) {
        throw unsupported("pre_tokenizer \(component.type)", "behind ByteLevel")
      }
      let found = try single(component)
      return (found.steps, found.isByteLevel || isByteLevel)
    }
    var steps: [PretokenStep] = []
    var isByteLevel = isByteLevel
    for part in component.pretokenizers ?? [] {
      let found = try self.steps(part, isByteLevel: isByteLevel)
      steps += found.steps
      isByteLevel = found.isByteLevel
    }
    return (steps, isByteLevel)
  }

  private func single(
    _ component: HuggingFaceFile.Component
  ) throws(CuveeError) -> (steps: [PretokenStep], isByteLevel: Bool) {
    let whitespace = PretokenStep.Target.characters(UnicodeProperties.whitespace)
    let punctuation = PretokenStep.Target.characters(UnicodeProperties.punctuation)
    switch component.type {
    case "ByteLevel":
      // The defaults of tokenizers where the file leaves them out.
      var steps: [PretokenStep] = []
      if component.add_prefix_space ?? true { steps.append(.prefixSpace) }
      if component.use_regex ?? true {
        steps.append(.split(.pattern(.gpt2), .isolated, isInverted: false))
      }
      return (steps + [.byteLevel], true)
    case "Split":
      let behavior = try behavior(component, or: nil)
      return (
        [.split(try target(component), behavior, isInverted: component.invert ?? false)], false
      )
    case "Digits":
      let isSingle = component.individual_digits ?? false
      let digits = PretokenStep.Target.characters(UnicodeProperties.digits)
      return ([.split(digits, isSingle ? .isolated : .contiguous, isInverted: false)], false)
    case "Punctuation":
      return (
        [.split(punctuation, try behavior(component, or: .isolated), isInverted: false)], false
      )
    case "Whitespace":
      let words = try RegexPattern(#"\w+|[^\w\s]+"#, dialect: .rust, place: place)
      return ([.split(.regex(words), .removed, isInverted: true)], false)
    case "WhitespaceSplit": return ([.split(whitespace, .removed, isInverted: false)], false)
    case "BertPreTokenizer":
      return (
        [
          .split(whitespace, .removed, isInverted: false),
          .split(punctuation, .isolated, isInverted: false),
        ], false
      )
    case "CharDelimiterSplit":
      guard let delimiter = component.delimiter, !delimiter.isEmpty else {
        throw unsupported("pre_tokenizer CharDelimiterSplit", "without a delimiter")
      }
      return ([.split(.literal(Array(delimiter.utf8)), .removed, isInverted: false)], false)
    case "Metaspace": return ([try metaspace(component)], false)
    default: throw unsupported("pre_tokenizer", component.type)
    }
  }

  private func metaspace(
    _ component: HuggingFaceFile.Component
  ) throws(CuveeError) -> PretokenStep {
    .metaspace(
      mark: try mark(component), try prepending(component), splits: component.split ?? true)
  }

  private func mark(_ component: HuggingFaceFile.Component) throws(CuveeError) -> [UInt8] {
    let mark = component.replacement ?? "\u{2581}"
    guard mark.unicodeScalars.count == 1 else { throw unsupported("replacement", mark) }
    return Array(mark.utf8)
  }

  private func prepending(
    _ component: HuggingFaceFile.Component
  ) throws(CuveeError) -> PretokenStep.Prepending {
    guard let scheme = component.prepend_scheme else {
      return component.add_prefix_space ?? true ? .always : .never
    }
    guard let known = PretokenStep.Prepending(rawValue: scheme) else {
      throw unsupported("prepend_scheme", scheme)
    }
    return known
  }

  private func behavior(
    _ component: HuggingFaceFile.Component, or usual: PretokenStep.Behavior?
  ) throws(CuveeError) -> PretokenStep.Behavior {
    if component.behavior == nil, let usual { return usual }
    guard let known = PretokenStep.Behavior(rawValue: component.behavior ?? "") else {
      throw unsupported("behavior", component.behavior ?? "null")
    }
    return known
  }

  private func target(
    _ component: HuggingFaceFile.Component
  ) throws(CuveeError) -> PretokenStep.Target {
    if let regex = component.pattern?.Regex {
      if let known = PretokenPattern(regex: regex) { return .pattern(known) }
      return .regex(try compile(regex))
    }
    guard let literal = component.pattern?.String, !literal.isEmpty else {
      throw unsupported("pre_tokenizer Split", "without a pattern")
    }
    return .literal(Array(literal.utf8))
  }

  private func compile(_ pattern: String) throws(CuveeError) -> RegexPattern {
    try RegexPattern(pattern, dialect: .oniguruma, place: place)
  }

  /// The steps of a decoder. What does not decide ids is never an error: tokens are then joined.
  func decoder(
    _ component: HuggingFaceFile.Component?
  ) -> (steps: [TokenDecoder.Step], separator: [UInt8]) {
    guard let component else { return ([], [0x20]) }
    if component.type == "Sequence" {
      return ((component.decoders ?? []).flatMap { decoder($0).steps }, [])
    }
    switch component.type {
    case "Replace":
      guard let literal = component.pattern?.String, !literal.isEmpty else { return ([], []) }
      return ([.replace(Array(literal.utf8), with: Array((component.content ?? "").utf8))], [])
    case "ByteFallback": return ([.byteFallback], [])
    case "Fuse": return ([.fuse], [])
    case "Strip":
      let character = Array((component.content ?? " ").utf8)
      return (
        [.strip(character, start: component.start ?? 0, stop: component.stop ?? 0)], []
      )
    case "Metaspace":
      let mark = Array((component.replacement ?? "\u{2581}").utf8)
      let drops = (try? prepending(component)) != .never
      return ([.metaspace(mark, dropsFirst: drops)], [])
    default: return ([], [])
    }
  }
}
