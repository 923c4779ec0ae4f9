/// Sets of code points by the names that patterns use, of the Unicode version of the references.
enum UnicodeProperties {
  private static let categories = labelled(UnicodeCategoryTable.categories)
  private static let scripts = labelled(UnicodeCategoryTable.scripts)
  private static let wordExtras = labelled(UnicodePropertyTable.wordExtras)
  private static let components = labelled(UnicodePropertyTable.components)

  /// `\s`.
  static let whitespace = CodePointSet(CodePointTable.ranges(UnicodeClassTable.whitespace))
  /// `\d`: the general category Nd.
  static let decimalDigits = categories["Nd"] ?? .none
  /// What Hugging Face's Punctuation cuts out.
  static let punctuation = components["punctuation"] ?? .none
  /// What Hugging Face's Digits cuts out.
  static let digits = components["digits"] ?? .none
  /// What Hugging Face's StripAccents removes.
  static let accents = components["accents"] ?? .none

  /// What Hugging Face's Precompiled tells apart to find the clusters of characters.
  enum Clusters {
    /// What belongs to the character before it.
    static let extenders = set("extenders")
    /// What is a cluster by itself.
    static let controls = set("controls")
    /// What takes the character after it.
    static let prepended = set("prepended")
    /// What a joiner joins.
    static let pictographs = set("pictographs")
    /// The extenders that may stand between a pictograph and a joiner, and but for those of no width
    /// between consonants.
    static let between = set("between")
    /// What joins two consonants.
    static let linkers = set("linkers")
    /// What a linker joins.
    static let consonants = set("consonants")

    private static func set(_ name: String) -> CodePointSet { components[name] ?? .none }
  }

  /// `\w` as an engine has it.
  static func word(_ dialect: RegexDialect) -> CodePointSet {
    let extras = wordExtras[dialect.rawValue] ?? .none
    return union(["L", "M"]).union(union(["Nd", "Pc"])).union(extras)
  }

  /// The set of a property as in `\p{Lu}`, `\p{Letter}`, `\p{gc=Lu}` or `\p{Han}`; nil for a name
  /// that is not known.
  static func named(_ name: String) -> CodePointSet? {
    var key = name.filter { $0 != " " && $0 != "_" && $0 != "-" }.lowercased()
    for prefix in ["generalcategory=", "gc=", "script=", "sc="] where key.hasPrefix(prefix) {
      key.removeFirst(prefix.count)
    }
    if key == "any" { return .all }
    key = longNames[key]?.lowercased() ?? key
    if key == "cn" || key == "c" {
      let assigned = categories.values.reduce(CodePointSet.none) { $0.union($1) }
      let unassigned = assigned.union(CodePointSet([0xD800...0xDFFF])).inverted
      return key == "cn" ? unassigned : union(["C"]).union(unassigned)
    }
    if let script = scripts.first(where: { $0.key.lowercased() == key }) { return script.value }
    let members = categories.filter { category, _ in
      let category = category.lowercased()
      return category == key || key.count == 1 && category.hasPrefix(key)
    }
    if members.isEmpty { return nil }
    return members.values.reduce(CodePointSet.none) { $0.union($1) }
  }

  private static let longNames = [
    "letter": "L", "uppercaseletter": "Lu", "lowercaseletter": "Ll", "titlecaseletter": "Lt",
    "modifierletter": "Lm", "otherletter": "Lo", "mark": "M", "nonspacingmark": "Mn",
    "spacingmark": "Mc", "enclosingmark": "Me", "number": "N", "decimalnumber": "Nd",
    "letternumber": "Nl", "othernumber": "No", "punctuation": "P", "symbol": "S",
    "mathsymbol": "Sm", "currencysymbol": "Sc", "modifiersymbol": "Sk", "othersymbol": "So",
    "separator": "Z", "other": "C", "unassigned": "Cn", "control": "Cc", "format": "Cf",
  ]

  private static func union(_ prefixes: [String]) -> CodePointSet {
    categories.filter { name, _ in prefixes.contains { name.hasPrefix($0) } }
      .values.reduce(CodePointSet.none) { $0.union($1) }
  }

  /// Reads `Name: 41-5A AA ... Other: ...`.
  private static func labelled(_ words: String) -> [String: CodePointSet] {
    var result: [String: [ClosedRange<UInt32>]] = [:]
    var name = ""
    for word in words.split(whereSeparator: \.isWhitespace) {
      if word.last == ":" {
        name = String(word.dropLast())
      } else if let range = CodePointTable.range(of: word) {
        result[name, default: []].append(range)
      }
    }
    return result.mapValues { CodePointSet($0) }
  }
}
