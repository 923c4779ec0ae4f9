import Bytes
import Yams

/// The entries of a mapping by key.
struct Entries {
  /// One entry: where its key stands, and its value.
  struct Entry {
    var keyMark: Mark
    var value: Node
  }

  /// Where the mapping begins.
  var mark: Mark
  /// The entries whose keys are known.
  var known: [String: Entry] = [:]

  /// Where a key stands, else where the mapping begins.
  func place(of key: String) -> Mark { known[key]?.keyMark ?? mark }
}

extension Reading {
  /// The entries of a section: unknown, missing and unsupported keys are reported.
  ///
  /// - Parameters:
  ///   - node: the section's node.
  ///   - section: the keys it may have.
  ///   - name: what messages call the section when it is not a mapping.
  ///   - more: further keys that are allowed here.
  ///   - refused: keys that are known elsewhere, with the message why not here.
  /// - Returns: the entries, or nil after an error where the node is no mapping.
  mutating func entries(
    of node: Node, _ section: SectionDescription, as name: String, more: [KeyDescription] = [],
    refused: [String: String] = [:]
  ) -> Entries? {
    let keys = section.keys + more
    guard let pairs = pairs(of: node, as: name, like: keys.map(\.name)) else { return nil }
    var entries = Entries(mark: node.place)
    for (key, keyMark, value) in pairs {
      if let description = keys.first(where: { $0.name == key }) {
        entries.known[key] = Entries.Entry(keyMark: keyMark, value: value)
        // What is switched off asks for nothing.
        if !description.isSupported && value.plainText != "false" {
          report(keyMark, "\(key) is not supported yet; remove it")
        }
      } else if let message = refused[key] {
        report(keyMark, message)
      } else {
        let hint = NearestName.hint(for: key, among: keys.map(\.name), noun: "keys")
        report(keyMark, "unknown key \"\(YAMLText.excerpt(key))\"\(hint)")
      }
    }
    for key in keys where key.isRequired && !pairs.contains(where: { $0.key == key.name }) {
      report(node.place, "missing key \"\(key.name)\": \(key.summary)")
    }
    return entries
  }

  /// The pairs of a mapping whose keys are scalars, each key once.
  mutating func pairs(
    of node: Node, as name: String, like keys: [String] = []
  ) -> [(key: String, keyMark: Mark, value: Node)]? {
    guard case .mapping(let mapping) = node else {
      let known = keys.isEmpty ? "" : " with the keys \(keys.joined(separator: ", "))"
      report(
        node.place,
        node.isNothing
          ? "\(name) has no value; it must be a mapping\(known)"
          : "\(name) must be a mapping\(known), not \(node.words)")
      return nil
    }
    checkTag(node)
    var pairs: [(key: String, keyMark: Mark, value: Node)] = []
    var seen: Set<String> = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        report(key.place, "a key must be a name, not \(key.words)")
        continue
      }
      guard scalar.string != "<<" || key.plainText == nil else {
        report(key.place, "YAML merge keys (<<) are not supported; write the keys out")
        continue
      }
      guard seen.insert(scalar.string).inserted else {
        report(key.place, "the key \"\(YAMLText.excerpt(scalar.string))\" is given twice")
        continue
      }
      pairs.append((scalar.string, key.place, value))
    }
    return pairs
  }

  /// The value of a key, or nil where it is absent or was reported.
  mutating func value<Value>(_ key: Key<Value>, in entries: Entries) -> Value? {
    entries.known[key.name].flatMap { key.syntax.read($0.value, key.name, &self) }
  }

  /// The value of a key with its place, or nil where it is absent or was reported.
  mutating func marked<Value>(_ key: Key<Value>, in entries: Entries) -> Marked<Value>? {
    guard let entry = entries.known[key.name] else { return nil }
    return key.syntax.read(entry.value, key.name, &self).map { Marked($0, entry.value.place) }
  }

  /// Reports a YAML tag that asks for something else than what stands there.
  mutating func checkTag(_ node: Node) {
    let tag =
      switch node {
      case .scalar(let scalar): scalar.tag.rawValue
      case .sequence(let sequence): sequence.tag.rawValue
      case .mapping(let mapping): mapping.tag.rawValue
      case .alias(let alias): alias.tag.rawValue
      }
    let plain: [Tag.Name] = [.implicit, .nonSpecific, .str, .seq, .map]
    if !plain.contains(where: { $0.rawValue == tag }) {
      report(node.place, "YAML tags (\(YAMLText.excerpt(tag))) are not supported; remove it")
    }
  }
}
