import Foundation
import Glibc

// Invariant: one test has it; `ended` is signalled once, by the process's end.
/// The program while it runs.
public final class Running: @unchecked Sendable {
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let folder: TemporaryFolder
  private let begin = Date()

  init(
    binary: String, arguments: [String], environment: [String: String], directory: String,
    input: Data?
  ) throws {
    folder = try TemporaryFolder("cuvee-run")
    let ended = ended
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = ["PATH": path, "HOME": folder.path, "LANG": "C.UTF-8"]
      .merging(environment) { $1 }
    // Files, not pipes: nobody need read them while the program runs.
    let handles = [
      try FileHandle(
        forReadingFrom: URL(
          fileURLWithPath: input.map { try folder.write($0, as: "input") } ?? "/dev/null")),
      try Self.file(folder.write(Data(), as: "output")),
      try Self.file(folder.write(Data(), as: "errors")),
    ]
    process.standardInput = handles[0]
    process.standardOutput = handles[1]
    process.standardError = handles[2]
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    // The program has its own copies. Foundation would keep ours as long as the test run, and every
    // start of a process looks through all open files: thousands of runs took minutes for that.
    for handle in handles { try handle.close() }
  }

  private static func file(_ path: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  /// Whether the program still runs.
  public var isRunning: Bool { process.isRunning }

  /// Waits for the end for so many seconds from the start.
  ///
  /// - Returns: Whether it has ended.
  public func waits(until seconds: Double) -> Bool {
    let left = seconds - Date().timeIntervalSince(begin)
    let done = ended.wait(timeout: .now() + max(0, left)) == .success
    if done { ended.signal() }
    return done
  }

  /// Sends signal 9.
  public func kill() { _ = Glibc.kill(process.processIdentifier, SIGKILL) }

  /// Waits for the end.
  public func finish() throws -> Cuvee.Outcome {
    ended.wait()
    ended.signal()
    let seconds = Date().timeIntervalSince(begin)
    let status = process.terminationStatus
    return Cuvee.Outcome(
      status: process.terminationReason == .uncaughtSignal ? -status : status,
      output: try String(contentsOfFile: folder.file("output"), encoding: .utf8),
      errors: try String(contentsOfFile: folder.file("errors"), encoding: .utf8), seconds: seconds)
  }
}
