extension TokenBytes {
  /// Why a list of tokens with their ids is no vocabulary: the first of them that does not go with those
  /// before it.
  struct Clash: Error, CustomStringConvertible {
    enum Reason {
      /// The id is greater than any may be.
      case tooGreat
      /// The id has a token already.
      case sameID
      /// Another id has the same bytes.
      case sameBytes(UInt32)
    }

    /// Which of the tokens it is.
    var index: Int
    var id: UInt32
    var reason: Reason

    var description: String {
      switch reason {
      case .tooGreat:
        "the id \(id) is greater than \(TokenBytes.greatestID), the most allowed"
      case .sameID: "the id \(id) has a token already"
      case .sameBytes(let other): "the id \(other) has the same bytes"
      }
    }
  }
}
