import Documents

/// What a template is filled into.
enum TemplateTarget {
  case text, id
}

extension DocumentBatch {
  /// Appends to the text or the id of the document that is being built.
  mutating func append(_ piece: Span<UInt8>, to target: TemplateTarget) {
    switch target {
    case .text: appendText(piece)
    case .id: appendID(piece)
    }
  }
}
