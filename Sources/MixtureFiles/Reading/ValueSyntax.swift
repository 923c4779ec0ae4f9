import Bytes
import Yams

/// A kind of value: what it looks like, and how it is read.
struct ValueSyntax<Value>: Sendable {
  /// What it looks like, for the reference and the schema.
  let form: ValueForm
  /// Reads a node that messages call by a name; nil after an error was reported.
  let read: @Sendable (_ node: Node, _ name: String, _ reading: inout Reading) -> Value?
}

extension ValueSyntax {
  /// A scalar that a function understands.
  ///
  /// - Parameters:
  ///   - form: what it looks like.
  ///   - words: what the value must be, for messages.
  ///   - quotable: whether it may stand in quotes.
  ///   - parse: the value of a text, or nil.
  /// - Returns: the syntax.
  static func scalar(
    _ form: ValueForm, _ words: String, quotable: Bool = true,
    parse: @escaping @Sendable (String) -> Value?
  ) -> ValueSyntax {
    ValueSyntax(form: form) { node, name, reading in
      if node.isNothing {
        reading.report(node.place, "\(name) has no value; it must be \(words)")
        return nil
      }
      reading.checkTag(node)
      if case .scalar(let scalar) = node, quotable || node.plainText != nil,
        let value = parse(scalar.string)
      {
        return value
      }
      reading.report(node.place, "\(name) must be \(words), not \(node.words)")
      return nil
    }
  }

  /// The same value, made into something else that always succeeds.
  func map<Other>(_ transform: @escaping @Sendable (Value) -> Other?) -> ValueSyntax<Other> {
    ValueSyntax<Other>(form: form) { node, name, reading in
      read(node, name, &reading).flatMap(transform)
    }
  }

  /// A list of at least one such value, each with its place.
  var list: ValueSyntax<[Marked<Value>]> {
    ValueSyntax<[Marked<Value>]>(form: .list(form)) { node, name, reading in
      guard case .sequence(let sequence) = node else {
        let not = node.isNothing ? "" : ", not \(node.words)"
        reading.report(node.place, "\(name) must be a list\(not)")
        return nil
      }
      reading.checkTag(node)
      if sequence.isEmpty { reading.report(node.place, "\(name) is an empty list") }
      var values: [Marked<Value>] = []
      for element in sequence {
        if let value = read(element, "each of \(name)", &reading) {
          values.append(Marked(value, element.place))
        }
      }
      return values
    }
  }

  /// One such value, or a list of them.
  var oneOrMore: ValueSyntax<[Marked<Value>]> {
    ValueSyntax<[Marked<Value>]>(form: .either(form, .list(form))) { node, name, reading in
      if case .sequence = node { return list.read(node, name, &reading) }
      return read(node, name, &reading).map { [Marked($0, node.place)] }
    }
  }
}
