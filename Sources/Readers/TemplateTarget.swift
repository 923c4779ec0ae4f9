import Documents

/// What a template is filled into.
enum TemplateTarget {
  case text, id, url, timestamp
}

extension DocumentBatch {
  /// Appends to a part of the document that is being built.
  mutating func append(_ piece: Span<UInt8>, to target: TemplateTarget) {
    switch target {
    case .text: appendText(piece)
    case .id: appendID(piece)
    case .url: appendURL(piece)
    case .timestamp: appendTimestamp(piece)
    }
  }
}
