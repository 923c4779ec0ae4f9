import Foundation

/// Runs the program itself, as a person does.
public enum Cuvee {
  /// What a run of the program has come to.
  public struct Outcome: Sendable {
    /// The exit status; -9 where it was killed by signal 9.
    public let status: Int32
    /// Standard output.
    public let output: String
    /// Standard error.
    public let errors: String
    /// Seconds from start to end.
    public let seconds: Double

    /// Standard output as JSON.
    public func json() throws -> JSONValue { try JSONValue(parsing: output) }

    /// The lines of standard error that are errors.
    public var errorLines: [String] {
      errors.split(separator: "\n").map(String.init).filter { $0.hasPrefix("error: ") }
    }
  }

  /// A failure of the runner itself.
  public struct Failure: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    /// Creates a failure.
    public init(_ description: String) { self.description = description }
  }

  /// The program: `$CUVEE_BINARY`, or the release or debug build beside the tests.
  public static func binary() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    let candidates =
      environment["CUVEE_BINARY"].map { [$0] }
      ?? [Repository.path(".build/release/cuvee"), Repository.path(".build/debug/cuvee")]
    guard let binary = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw Failure(
        "no program at \(candidates.joined(separator: " or ")); `make test` builds it")
    }
    return binary
  }

  /// Runs the program and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: The command line without the program's name.
  ///   - environment: Variables besides `PATH`, `HOME` and `LANG`; the test's own are not handed on.
  ///   - directory: The working directory; the repository's root by default.
  ///   - input: Standard input; nothing by default.
  ///   - wrapper: A program that runs ours, and its arguments; ours follow.
  ///   - killAfter: Seconds after which it is killed by signal 9, as a part of the test.
  ///   - timeout: Seconds after which it is killed and the run is a failure.
  /// - Returns: What it has come to, whatever its status.
  /// - Throws: `Failure` where there is no program or it did not end.
  public static func run(
    _ arguments: [String], environment: [String: String] = [:], directory: String? = nil,
    input: Data? = nil, wrapper: [String] = [], killAfter: Double? = nil, timeout: Double = 300
  ) throws -> Outcome {
    let running = try start(
      arguments, environment: environment, directory: directory, input: input, wrapper: wrapper)
    if let killAfter, !running.waits(until: killAfter) { running.kill() }
    if killAfter == nil, !running.waits(until: timeout) {
      running.kill()
      _ = try running.finish()
      throw Failure("cuvee \(arguments) did not end in \(timeout) s")
    }
    return try running.finish()
  }

  /// Starts the program.
  public static func start(
    _ arguments: [String], environment: [String: String] = [:], directory: String? = nil,
    input: Data? = nil, wrapper: [String] = []
  ) throws -> Running {
    let command = wrapper + [try binary()] + arguments
    return try Running(
      binary: command[0], arguments: Array(command.dropFirst()), environment: environment,
      directory: directory ?? Repository.root, input: input)
  }
}
