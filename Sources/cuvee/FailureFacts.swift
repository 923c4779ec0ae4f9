import Bytes
import Streams

/// A failed command as JSON, for scripts that asked for facts with `--json`: standard output then
/// holds one JSON value whether the command succeeds or not. The message for people stays on
/// standard error.
struct FailureFacts: Encodable {
  private let error: Failure

  private struct Failure: Encodable {
    /// The class of the failure: `usage`, `bad_data`, `missing_input`, `io` or `failed`.
    var kind: String
    var exitCode: Int32
    /// A sentence for each thing that is wrong, with its place first where it has one.
    var messages: [String]

    enum CodingKeys: String, CodingKey {
      case kind
      case exitCode = "exit_code"
      case messages
    }
  }

  /// The facts of an error.
  init(_ error: CuveeError) {
    let kind =
      switch error.kind {
      case .failed: "failed"
      case .badData: "bad_data"
      case .missingInput: "missing_input"
      case .io: "io"
      }
    var messages: [String] = []
    var rest = error.message[...]
    while let separator = rest.firstRange(of: CuveeError.separator) {
      messages.append(String(rest[..<separator.lowerBound]))
      rest = rest[separator.upperBound...]
    }
    messages.append(String(rest))
    self.error = Failure(kind: kind, exitCode: error.kind.rawValue, messages: messages)
  }

  /// The facts of a command line that was refused.
  init(usage message: String, exitCode: Int32) {
    error = Failure(kind: "usage", exitCode: exitCode, messages: [message])
  }

  /// Prints the facts where the command line asks for JSON and nothing has been printed yet: a
  /// stream of rows that breaks off must not end with something that is no row.
  func printIfJSON(_ arguments: [String]) {
    guard arguments.prefix(while: { $0 != "--" }).contains("--json"), !StandardStreams.hasWritten
    else { return }
    try? Terminal.printJSON(self)
  }
}
