import Declarations

/// The tables of the mixture file's reference, made from those that the reader itself uses.
public enum MixtureReference {
  /// The tables as Markdown, a heading and a table for each section, with the names of a
  /// vocabulary.
  public static func markdown(vocabulary: MixtureVocabulary) -> String {
    let sections: [SectionDescription] = [
      MixtureSection.description, TokenizerSection.description, SentinelsSection.description,
      SourceSection.description, StepSection.description, DeduplicateKeys.stepDescription,
      ProgramSection.description, ProgramDeduplication.description,
      DeduplicateSection.description, DecontaminateSection.description, PhaseSection.description,
      RepetitionSection.description, HoldOutSection.description, OutputSection.description,
    ]
    var text = sections.map { section($0, vocabulary) }.joined(separator: "\n")
    text += "\n" + formats(vocabulary)
    return text
  }

  private static func section(
    _ section: SectionDescription, _ vocabulary: MixtureVocabulary
  ) -> String {
    let keys = section.keys(with: vocabulary)
    var text = "### `\(section.name)`\n\n\(section.summary)\n\n" + table(keys)
    for key in keys {
      guard case .choice(let choices) = key.form else { continue }
      text += "\nValues of `\(key.name)`:\n\n"
      for choice in choices {
        text += "- `\(choice.name)`: \(choice.summary)\(suffix(choice.isSupported)).\n"
      }
    }
    return text
  }

  private static func formats(_ vocabulary: MixtureVocabulary) -> String {
    var text = "### Formats\n\nValues of a source's `format`, and the keys that each adds.\n\n"
    for format in vocabulary.formats {
      let templates = format.acceptsText ? "takes `text` and `id`" : "makes its own text and id"
      text += "- `\(format.name)`: \(templates).\n"
      for option in format.component.parameters {
        let key = Key.parameter(option).description
        var form = words(key.form)
        if case .choice(let choices) = key.form {
          form = "one of \(choices.map(\.name).joined(separator: ", "))"
        }
        text += "  - `\(key.name)` (\(form)): \(key.summary).\n"
      }
    }
    return text
  }

  private static func table(_ keys: [KeyDescription]) -> String {
    var rows = ["| key | value | when absent | meaning |", "| --- | --- | --- | --- |"]
    for key in keys {
      let cells = [
        "`\(key.name)`", words(key.form), key.isRequired ? "**required**" : key.whenAbsent,
        key.summary + suffix(key.isSupported),
      ]
      // A bar ends a cell even inside code.
      let escaped = cells.map { $0.isEmpty ? "" : $0.replacing("|", with: "\\|") + " " }
      rows.append("| " + escaped.joined(separator: "| ") + "|")
    }
    return rows.joined(separator: "\n") + "\n"
  }

  private static func suffix(_ isSupported: Bool) -> String {
    isSupported ? "" : " (*not supported yet*)"
  }

  /// What a value looks like, in a few words.
  private static func words(_ form: ValueForm) -> String {
    switch form {
    case .text(let words): words
    case .name: "a name"
    case .sha256: "64 hexadecimal digits"
    case .boolean: "true or false"
    case .integer(let range): integer(range)
    case .number(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .tokenCount: "tokens, such as 2.62B"
    case .byteSize(let range):
      "\(ByteSize.words(range.lowerBound)) to \(ByteSize.words(range.upperBound))"
    case .share: "a share, such as 5% or 0.05"
    case .compression: "`zstd:1` to `zstd:22`"
    case .choice: "one of the values below"
    case .format: "a format"
    case .tokenizerName: "a registered name"
    case .filterName: "the name of a filter"
    case .list(let element): "a list: \(words(element))"
    case .mapping(let element): "by name: \(words(element))"
    case .section(let description): "[`\(description.name)`](#\(anchor(description.name)))"
    case .either(.tokenizerName, let second): "a registered name, or \(words(second))"
    case .either(let first, .list): "\(words(first)), or a list of them"
    case .either(let first, let second): "\(words(first)), or \(words(second))"
    case .undefined: "not defined yet"
    }
  }

  private static func integer(_ range: ClosedRange<UInt64>) -> String {
    range.upperBound >= UInt64(UInt32.max)
      ? "a whole number, \(range.lowerBound) or more"
      : "\(range.lowerBound) to \(range.upperBound)"
  }

  /// The anchor of a heading as Markdown viewers make it: letters, digits, `_` and `-` stay.
  private static func anchor(_ name: String) -> String {
    name.filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }
}
