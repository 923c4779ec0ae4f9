import Bytes

/// Reads the patterns of tokenizers: the constructs that both Rust's engines and Oniguruma have and
/// that mean the same in PCRE2. All else is an error that names the construct.
struct RegexParser {
  private let pattern: [Unicode.Scalar]
  private let dialect: RegexDialect
  private let place: String
  private var index = 0
  private var ignoresCase = false
  /// Whether the atom read last is a place without width.
  private var isPlace = false

  private init(_ pattern: String, dialect: RegexDialect, place: String) {
    self.pattern = Array(pattern.unicodeScalars)
    self.dialect = dialect
    self.place = place
  }

  /// Parses a pattern.
  ///
  /// - Throws: `badData` naming the construct that is not supported.
  static func parse(
    _ pattern: String, dialect: RegexDialect, place: String
  ) throws(CuveeError) -> RegexNode {
    var parser = RegexParser(pattern, dialect: dialect, place: place)
    let node = try parser.choice()
    if parser.index < parser.pattern.count { throw parser.unsupported(")", "belongs to no group") }
    return node
  }

  private var next: Unicode.Scalar? { index < pattern.count ? pattern[index] : nil }

  private mutating func take(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard pattern[index...].starts(with: scalars) else { return false }
    index += scalars.count
    return true
  }

  /// An error that names a construct, where it begins, and the pattern.
  private func unsupported(
    _ construct: String, _ why: String = "is not supported", at start: Int? = nil
  ) -> CuveeError {
    let shown = String(String.UnicodeScalarView(pattern.prefix(Self.shown)))
    let rest = pattern.count > Self.shown ? "..." : ""
    return .badData(
      "\(place): in the pattern, \(construct) at character \((start ?? index) + 1) \(why); the "
        + "pattern is \(shown)\(rest)")
  }

  /// The characters of a pattern that an error shows.
  private static let shown = 200

  private mutating func choice() throws(CuveeError) -> RegexNode {
    // A flag set inside a group ends with it, and holds across its alternatives.
    let outer = ignoresCase
    defer { ignoresCase = outer }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(CuveeError) -> RegexNode {
    var nodes: [RegexNode] = []
    var folded = ""
    while let scalar = next, scalar != "|", scalar != ")" {
      let start = index
      guard let atom = try atom() else { continue }
      if ignoresCase {
        folded += index == start + 1 ? String(pattern[start]).lowercased() : " "
        try checkFolding(folded)
      }
      nodes.append(try quantified(atom))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  /// Oniguruma lets some letters in sequence match one character when case is ignored.
  private func checkFolding(_ text: String) throws(CuveeError) {
    guard dialect == .oniguruma else { return }
    for pair in ["ss", "ff", "fi", "fl", "st"] where text.hasSuffix(pair) {
      throw unsupported("\"\(pair)\" where case is ignored")
    }
  }

  /// One atom; nil for a flag, which is none.
  private mutating func atom() throws(CuveeError) -> RegexNode? {
    isPlace = false
    guard let scalar = next else { return nil }
    switch scalar {
    case "(": return try group()
    case "[": return .set(try characterClass())
    case ".":
      index += 1
      return .set(CodePointSet(0x0A).inverted)
    case "^", "$", "\\":
      if let place = edge() {
        isPlace = true
        return place
      }
      return .set(try escape())
    case "*", "+", "?", "{": throw unsupported("\(scalar)", "repeats nothing")
    default:
      index += 1
      return .set(try literal(scalar))
    }
  }

  /// A place without width; nil where another construct begins.
  private mutating func edge() -> RegexNode? {
    let newline = RegexNode.set(CodePointSet(0x0A))
    let (isStart, isEnd) = (take("^"), take("$"))
    if isStart || isEnd {
      // Lines in Ruby's syntax, the whole text in Rust's.
      if dialect == .rust { return .anchor(isStart ? .textStart : .textEnd) }
      if isEnd { return .choice([.group(.lookahead, newline), .anchor(.textEnd)]) }
      // Behind the last newline no line begins.
      let behind: [RegexNode] = [
        .group(.lookbehind, newline), .group(.notAhead, .anchor(.textEnd)),
      ]
      return .choice([.anchor(.textStart), .sequence(behind)])
    }
    if take(#"\A"#) { return .anchor(.textStart) }
    if take(#"\z"#) { return .anchor(.textEnd) }
    if dialect == .oniguruma, take(#"\Z"#) {
      let last = RegexNode.sequence([newline, .anchor(.textEnd)])
      return .choice([.anchor(.textEnd), .group(.lookahead, last)])
    }
    let isBoundary = take(#"\b"#)
    guard isBoundary || take(#"\B"#) else { return nil }
    let word = RegexNode.set(UnicodeProperties.word(dialect))
    return .choice([
      .sequence([.group(.lookbehind, word), .group(isBoundary ? .notAhead : .lookahead, word)]),
      .sequence([.group(.notBehind, word), .group(isBoundary ? .lookahead : .notAhead, word)]),
    ])
  }

  private mutating func group() throws(CuveeError) -> RegexNode? {
    let start = index
    if take("(?i)") {
      ignoresCase = true
      return nil
    }
    let kinds: [(String, RegexNode.Group)] = [
      ("(?:", .plain), ("(?>", .atomic), ("(?=", .lookahead), ("(?!", .notAhead),
      ("(?<=", .lookbehind), ("(?<!", .notBehind),
    ]
    let outer = ignoresCase
    defer { ignoresCase = outer }
    var kind = RegexNode.Group.plain
    if take("(?i:") {
      ignoresCase = true
    } else if take("(?-i:") {
      ignoresCase = false
    } else if let known = kinds.first(where: { take($0.0) }) {
      kind = known.1
    } else if pattern[index...].starts(with: Array("(?".unicodeScalars)) {
      let end = min(index + 4, pattern.count)
      throw unsupported(String(String.UnicodeScalarView(pattern[index..<end])))
    } else {
      index += 1
    }
    let body = try choice()
    guard take(")") else { throw unsupported("(", "has no end", at: start) }
    isPlace = false
    return .group(kind, body)
  }

  private mutating func quantified(_ atom: RegexNode) throws(CuveeError) -> RegexNode {
    var node = atom
    while let scalar = next, "*+?{".unicodeScalars.contains(scalar) {
      if isPlace { throw unsupported("\(scalar)", "repeats a place") }
      let start = index
      var times = RegexNode.Repeat(least: 0, most: nil, mode: "")
      index += 1
      switch scalar {
      case "+": times.least = 1
      case "?": times.most = 1
      case "{": times = try interval()
      default: break
      }
      if let mode = next, mode == "?" || mode == "+" {
        if scalar == "{" && dialect == .oniguruma { throw unsupported("{...}\(mode)", at: start) }
        times.mode = String(mode)
        index += 1
      }
      node = .repeated(node, times)
    }
    return node
  }

  private mutating func interval() throws(CuveeError) -> RegexNode.Repeat {
    let start = index - 1
    guard let end = pattern[index...].firstIndex(of: "}") else {
      throw unsupported("{", at: start)
    }
    let text = String(String.UnicodeScalarView(pattern[index..<end]))
    let fields = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let least = Int(fields[0]), fields.count <= 2, least <= 1000 else {
      throw unsupported("{\(text)}", at: start)
    }
    var most: Int? = fields.count == 1 ? least : nil
    if fields.count == 2, !fields[1].isEmpty {
      guard let value = Int(fields[1]), value >= least, value <= 1000 else {
        throw unsupported("{\(text)}", at: start)
      }
      most = value
    }
    index = end + 1
    return RegexNode.Repeat(least: least, most: most, mode: "")
  }

  // Sets ------------------------------------------------------------------------------------

  private mutating func characterClass() throws(CuveeError) -> CodePointSet {
    if take("[:") { throw unsupported("[:", at: index - 2) }
    let start = index
    index += 1
    let isInverted = take("^")
    var result = CodePointSet.none
    var isFirst = true
    while true {
      guard let scalar = next else { throw unsupported("[", "has no end", at: start) }
      if scalar == "]" && !isFirst { break }
      isFirst = false
      if take("&&") {
        index -= 1
        // What follows up to the end of the class is the other side.
        let other = try characterClass(body: index + 1)
        result = result.intersection(other)
        break
      }
      if scalar == "[" {
        result = result.union(try characterClass())
        continue
      }
      result = result.union(try classItem())
    }
    guard take("]") else { throw unsupported("[", "has no end", at: start) }
    return isInverted ? result.inverted : result
  }

  /// The union of the items from an index on up to the end of the class, which stays.
  private mutating func characterClass(body start: Int) throws(CuveeError) -> CodePointSet {
    index = start
    var result = CodePointSet.none
    while let scalar = next, scalar != "]" {
      if take("&&") {
        return result.intersection(try characterClass(body: index))
      }
      result = result.union(scalar == "[" ? try characterClass() : try classItem())
    }
    return result
  }

  /// A member or a range of a class.
  private mutating func classItem() throws(CuveeError) -> CodePointSet {
    let start = index
    let first = try classMember()
    guard let low = first.single, next == "-", index + 1 < pattern.count,
      pattern[index + 1] != "]", pattern[index + 1] != "["
    else { return try folded(first, isClass: true) }
    index += 1
    guard let high = try classMember().single, low <= high else {
      throw unsupported("a range", at: start)
    }
    return try folded(CodePointSet([low...high]), isClass: true)
  }

  private mutating func classMember() throws(CuveeError) -> CodePointSet {
    guard let scalar = next else { throw unsupported("[", "has no end") }
    if scalar == "\\" {
      let outer = ignoresCase
      ignoresCase = false
      defer { ignoresCase = outer }
      return try escape()
    }
    index += 1
    return CodePointSet(scalar.value)
  }

  private mutating func escape() throws(CuveeError) -> CodePointSet {
    let start = index
    index += 1
    guard let scalar = next else { throw unsupported("\\", "ends the pattern", at: start) }
    index += 1
    switch scalar {
    case "n": return CodePointSet(0x0A)
    case "r": return CodePointSet(0x0D)
    case "t": return CodePointSet(0x09)
    case "f": return CodePointSet(0x0C)
    case "v": return CodePointSet(0x0B)
    case "s": return UnicodeProperties.whitespace
    case "S": return UnicodeProperties.whitespace.inverted
    case "d": return UnicodeProperties.decimalDigits
    case "D": return UnicodeProperties.decimalDigits.inverted
    case "w": return UnicodeProperties.word(dialect)
    case "W": return UnicodeProperties.word(dialect).inverted
    case "p": return try property()
    case "P": return try property().inverted
    case "x", "u": return try folded(try codePoint(scalar), isClass: false)
    default:
      let isLetter = UnicodeProperties.named("L")?.contains(scalar.value) ?? true
      if isLetter || ("0"..."9").contains(scalar) {
        throw unsupported("\\\(scalar)", at: start)
      }
      return CodePointSet(scalar.value)
    }
  }

  private mutating func property() throws(CuveeError) -> CodePointSet {
    let start = index - 2
    guard let scalar = next else { throw unsupported(#"\p"#, at: start) }
    index += 1
    var name = String(scalar)
    if scalar == "{" {
      guard let end = pattern[index...].firstIndex(of: "}") else {
        throw unsupported(#"\p{"#, at: start)
      }
      name = String(String.UnicodeScalarView(pattern[index..<end]))
      index = end + 1
    }
    let isInverted = name.hasPrefix("^")
    guard let set = UnicodeProperties.named(isInverted ? String(name.dropFirst()) : name) else {
      throw unsupported(#"\p{\#(name)}"#, at: start)
    }
    // No case is folded here: letters of all cases are in most properties, but not in all.
    if ignoresCase, name.count > 1 {
      throw unsupported(#"\p{\#(name)} where case is ignored"#, at: start)
    }
    return isInverted ? set.inverted : set
  }

  private mutating func codePoint(_ kind: Unicode.Scalar) throws(CuveeError) -> CodePointSet {
    let start = index - 2
    var digits = ""
    if take("{") {
      guard let end = pattern[index...].firstIndex(of: "}") else {
        throw unsupported(#"\x{"#, at: start)
      }
      digits = String(String.UnicodeScalarView(pattern[index..<end]))
      index = end + 1
    } else {
      let count = kind == "x" ? 2 : 4
      let end = min(index + count, pattern.count)
      digits = String(String.UnicodeScalarView(pattern[index..<end]))
      index = end
    }
    guard let value = UInt32(digits, radix: 16), value <= CodePointSet.last else {
      throw unsupported("\\\(kind)\(digits)", at: start)
    }
    return CodePointSet(value)
  }

  private func literal(_ scalar: Unicode.Scalar) throws(CuveeError) -> CodePointSet {
    try folded(CodePointSet(scalar.value), isClass: false)
  }

  /// A set with its members in the other case, where case is ignored.
  private func folded(_ set: CodePointSet, isClass: Bool) throws(CuveeError) -> CodePointSet {
    guard ignoresCase else { return set }
    if let last = set.ranges.last, last.upperBound >= 0x80, set.ranges.count > 1 || isClass {
      throw unsupported("a class where case is ignored", at: index - 1)
    }
    var result = set
    for range in set.ranges {
      for point in range {
        switch point {
        case 0x41...0x5A: result = result.union(CodePointSet(point + 0x20))
        case 0x61...0x7A: result = result.union(CodePointSet(point - 0x20))
        case 0x80...:
          if UnicodeProperties.named("L")?.contains(point) ?? true {
            throw unsupported("a letter beyond ASCII where case is ignored", at: index - 1)
          }
        default: break
        }
        // The long s and the sign of kelvin fold to letters of ASCII.
        if point | 0x20 == 0x73 { result = result.union(CodePointSet(0x17F)) }
        if point | 0x20 == 0x6B { result = result.union(CodePointSet(0x212A)) }
      }
    }
    return result
  }
}
