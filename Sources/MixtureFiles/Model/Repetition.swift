import Declarations

/// How often a source may be read, and what happens when it has no more to give.
public struct Repetition: Sendable, Equatable {
  /// The greatest number of times that a source is read, 1 or more.
  public var maxEpochs: Int
  /// What happens when a source cannot supply its share.
  public var whenExhausted: WhenExhausted

  /// Creates the rule; without arguments, the one of a file that says nothing.
  public init(maxEpochs: Int = 1, whenExhausted: WhenExhausted = .fail) {
    self.maxEpochs = maxEpochs
    self.whenExhausted = whenExhausted
  }
}
