/// What went wrong, where, and what to do about it: the one error that users meet.
///
/// `message` reads as a whole sentence after `error: ` and begins with the place where there is
/// one, as in `data/p3.jsonl:12: ...` or `Mixtures/x.yaml:3:5: ...`.
public struct CuveeError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The class of a failure; it decides the exit code of the command.
  public enum Kind: Int32, Sendable {
    /// The run failed for a reason inside Cuvee or on this machine.
    case failed = 1
    /// The data or the mixture file is bad.
    case badData = 65
    /// An input does not exist or cannot be opened.
    case missingInput = 66
    /// Reading or writing failed.
    case io = 74
  }

  /// The class of the failure.
  public var kind: Kind
  /// What is wrong, where, and what to do.
  public var message: String

  /// What stands between several errors in one message: a line each, as a command prints them.
  public static let separator = "\nerror: "

  /// Creates an error of a class with its message.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// Bad data or a bad mixture file (exit code 65).
  public static func badData(_ message: String) -> CuveeError { .init(.badData, message) }
  /// A missing or unreadable input (exit code 66).
  public static func missingInput(_ message: String) -> CuveeError {
    .init(.missingInput, message)
  }
  /// Failed input or output (exit code 74).
  public static func io(_ message: String) -> CuveeError { .init(.io, message) }
  /// Any other failure (exit code 1).
  public static func failed(_ message: String) -> CuveeError { .init(.failed, message) }

  /// The message.
  public var description: String { message }
}
