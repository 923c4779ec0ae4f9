import Filters
import MixtureFiles

extension FilterVocabulary {
  /// The rules that this version has.
  public static var standard: FilterVocabulary {
    FilterVocabulary(
      rules: Rules.all.map { rule in
        FilterVocabulary.Rule(
          name: rule.name,
          parameters: rule.parameters.map { parameter in
            FilterVocabulary.Parameter(
              name: parameter.name, kind: FilterVocabulary.Kind(parameter.kind),
              isRequired: parameter.standard == nil, summary: parameter.summary)
          })
      })
  }
}

extension FilterVocabulary.Kind {
  /// The same kind as a rule declares it.
  init(_ kind: Filters.Parameter.Kind) {
    switch kind {
    case .integer(let range): self = .integer(range)
    case .number(let range): self = .number(range)
    case .boolean: self = .boolean
    case .text: self = .text
    case .texts: self = .texts
    }
  }
}
