/// What becomes of the matches of a pattern and of the gaps between them: where pieces are cut, and which
/// are left out.
struct SplitRule: Sendable, Equatable {
  var cutsBeforeMatch = true
  var cutsBehindMatch = true
  var cutsBetweenMatches = true
  var removesMatches = false
  var removesGaps = false

  /// Every match and every gap is a piece.
  static let isolated = SplitRule()

  /// The rule of a behaviour; where it is inverted, gaps and matches change places.
  init(_ behavior: PretokenStep.Behavior, isInverted: Bool) {
    switch behavior {
    case .removed:
      removesMatches = !isInverted
      removesGaps = isInverted
    case .isolated: break
    case .contiguous: cutsBetweenMatches = false
    case .mergedWithPrevious:
      if isInverted { cutsBehindMatch = false } else { cutsBeforeMatch = false }
    case .mergedWithNext:
      if isInverted { cutsBeforeMatch = false } else { cutsBehindMatch = false }
    }
  }

  private init() {}
}
