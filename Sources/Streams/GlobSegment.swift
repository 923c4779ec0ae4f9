/// One name of a glob pattern: what stands between two slashes.
enum GlobSegment: Equatable {
  /// A name without metacharacters.
  case name(String)
  /// `**`: any number of folders, none included.
  case folders
  /// A name with metacharacters.
  case pattern([Token])

  /// A piece of a name's pattern.
  enum Token: Equatable {
    case scalar(Unicode.Scalar)
    /// `?`: any one character.
    case one
    /// `*`: any number of characters.
    case many
    /// `[a-z]` or, negated, `[!a-z]`.
    case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  /// Reads the text between two slashes; a reverse solidus takes the meaning from what follows.
  init(_ text: Substring) {
    if text == "**" {
      self = .folders
      return
    }
    var tokens: [Token] = []
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": if tokens.last != .many { tokens.append(.many) }
      case "?": tokens.append(.one)
      case "[": tokens.append(Self.set(&rest) ?? .scalar(scalar))
      case "\\": tokens.append(.scalar(rest.popFirst() ?? scalar))
      default: tokens.append(.scalar(scalar))
      }
    }
    var name = String.UnicodeScalarView()
    for case .scalar(let scalar) in tokens { name.append(scalar) }
    self = name.count == tokens.count ? .name(String(name)) : .pattern(tokens)
  }

  /// Reads a set after its bracket; nil, and nothing taken, when it has no end.
  private static func set(_ rest: inout ArraySlice<Unicode.Scalar>) -> Token? {
    var scan = rest
    var isNegated = false
    if scan.first == "!" || scan.first == "^" {
      isNegated = true
      scan.removeFirst()
    }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while var low = scan.popFirst() {
      if low == "]" && !ranges.isEmpty {
        rest = scan
        return .set(ranges, isNegated: isNegated)
      }
      if low == "\\" { low = scan.popFirst() ?? low }
      var high = low
      if scan.first == "-", let end = scan.dropFirst().first, end != "]" {
        scan.removeFirst(2)
        high = end == "\\" ? scan.popFirst() ?? end : end
      }
      ranges.append(min(low, high)...max(low, high))
    }
    return nil
  }

  /// Whether a name in a folder fits. Hidden names fit only what begins with a dot itself.
  func matches(_ name: [UInt8]) -> Bool {
    switch self {
    case .name(let text): return Array(text.utf8) == name
    case .folders: return name.first != UInt8(ascii: ".")
    case .pattern(let tokens):
      if name.first == UInt8(ascii: "."), tokens.first != .scalar(".") { return false }
      return Self.matches(tokens, Array(String(decoding: name, as: UTF8.self).unicodeScalars))
    }
  }

  /// Matches with one point to go back to, the last `*`: at worst the product of the lengths.
  private static func matches(_ tokens: [Token], _ name: [Unicode.Scalar]) -> Bool {
    var token = 0
    var place = 0
    var retry: (token: Int, place: Int)?
    while place < name.count {
      if token < tokens.count, tokens[token] == .many {
        retry = (token, place)
        token += 1
      } else if token < tokens.count, tokens[token].fits(name[place]) {
        token += 1
        place += 1
      } else if let last = retry {
        retry = (last.token, last.place + 1)
        token = last.token + 1
        place = last.place + 1
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .many }
  }
}

extension GlobSegment.Token {
  /// Whether a character fits a token that stands for one character.
  fileprivate func fits(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .scalar(let own): own == scalar
    case .one: true
    case .many: false
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    }
  }
}
