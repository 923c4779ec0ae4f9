import Declarations

/// The JSON schema of mixture files, for editors that complete and check YAML by one.
///
/// It is made from the tables that the reader itself uses. What needs more than a schema can say
/// (weights that sum to 100 %, names of sources) is found by reading the file.
public enum MixtureSchema {
  /// The schema as JSON text (draft 2020-12), with the names of a vocabulary.
  public static func json(vocabulary: MixtureVocabulary) -> String {
    var root = SchemaWriter(vocabulary: vocabulary).section(MixtureSection.description)
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    root["title"] = "Cuvee mixture file"
    return JSONValue.object(root).text + "\n"
  }
}

/// Turns the grammar's tables into JSON schema.
private struct SchemaWriter {
  let vocabulary: MixtureVocabulary

  /// The schema of a section.
  func section(_ description: SectionDescription) -> [String: JSONValue] {
    guard description.more == .formatParameters, !vocabulary.formats.isEmpty else {
      return object(description.keys(with: vocabulary))
    }
    // One alternative for each format, so that only its own options are offered.
    return ["anyOf": .array(vocabulary.formats.map { .object(source(description, $0)) })]
  }

  private func source(
    _ description: SectionDescription, _ format: FormatVocabulary
  ) -> [String: JSONValue] {
    var keys = description.keys.filter {
      format.acceptsText || !SourceSection.templates.contains($0.name)
    }
    keys += format.component.parameters.map { Key.parameter($0).description }
    var properties = self.properties(keys)
    properties[SourceSection.format.name] = ["const": .string(format.name)]
    return object(keys, properties)
  }

  private func object(
    _ keys: [KeyDescription], _ properties: [String: JSONValue]? = nil
  ) -> [String: JSONValue] {
    [
      "type": "object", "additionalProperties": false,
      "required": .array(keys.filter(\.isRequired).map { .string($0.name) }),
      "properties": .object(properties ?? self.properties(keys)),
    ]
  }

  private func properties(_ keys: [KeyDescription]) -> [String: JSONValue] {
    var properties: [String: JSONValue] = [:]
    for key in keys {
      var schema = self.schema(key.form)
      let suffix = key.isSupported ? "" : " (not supported yet)"
      schema["description"] = .string(key.summary + suffix)
      properties[key.name] = .object(schema)
    }
    return properties
  }

  private func schema(_ form: ValueForm) -> [String: JSONValue] {
    switch form {
    case .text: ["type": "string", "minLength": 1]
    case .name: ["type": "string", "pattern": .string(NameRule.pattern)]
    case .sha256: ["type": "string", "pattern": "^[0-9a-f]{64}$"]
    case .boolean: ["type": "boolean"]
    case .integer(let range): integer(range)
    case .number(let range):
      [
        "type": "number", "minimum": .number(range.lowerBound),
        "maximum": .number(range.upperBound),
      ]
    case .tokenCount(let range):
      integer(range, or: "^[0-9]+(\\.[0-9]+)?[kKMBT]?$")
    case .byteSize(let range):
      integer(range, or: "^[0-9]+(\\.[0-9]+)?([KMGT]iB|[kKMGT]?B)?$")
    case .share:
      ["type": ["number", "string"], "minimum": 0, "pattern": "^[0-9]+(\\.[0-9]+)?%?$"]
    case .compression:
      ["type": "string", "pattern": "^zstd(:([1-9]|1[0-9]|2[0-2]))?$"]
    case .choice(let choices):
      ["enum": .array(choices.map { .string($0.name) })]
    case .format: ["enum": .array(vocabulary.formats.map { .string($0.name) })]
    case .tokenizerName: ["enum": .array(vocabulary.tokenizers.map { .string($0) })]
    // Besides the names known here, the paths of one's own filter files.
    case .filterName: ["type": "string", "minLength": 1]
    case .list(let element):
      ["type": "array", "minItems": 1, "items": .object(schema(element))]
    case .mapping(let element): mapping(element)
    case .section(let description): section(description)
    case .either(let first, let second):
      ["anyOf": [.object(schema(first)), .object(schema(second))]]
    case .undefined: [:]
    }
  }

  private func integer(
    _ range: ClosedRange<UInt64>, or pattern: String? = nil
  ) -> [String: JSONValue] {
    var schema: [String: JSONValue] = [
      "type": "integer", "minimum": .integer(range.lowerBound),
      "maximum": .integer(range.upperBound),
    ]
    if let pattern {
      schema["type"] = ["integer", "string"]
      schema["pattern"] = .string(pattern)
    }
    return schema
  }

  private func mapping(_ element: ValueForm) -> [String: JSONValue] {
    [
      "type": "object", "minProperties": 1,
      "propertyNames": ["pattern": .string(NameRule.pattern)],
      "additionalProperties": .object(schema(element)),
    ]
  }
}
