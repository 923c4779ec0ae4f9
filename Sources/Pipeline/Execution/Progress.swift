import Foundation
import Streams

/// What a run is at: one line that is rewritten on a terminal, a plain line every ten seconds
/// elsewhere, always on standard error. The clock is read here and nowhere else in a stage.
public final class Progress: @unchecked Sendable {
  // Invariant: every property is only touched under `lock`.
  private let lock = NSLock()
  private let enabled: Bool
  private let terminal: Bool
  private var title = ""
  private var total: UInt64 = 0
  private var done: UInt64 = 0
  private var started = Date()
  private var lastPrinted = Date.distantPast

  /// Creates the progress of a run.
  ///
  /// - Parameter enabled: Whether anything is printed.
  public init(enabled: Bool) {
    self.enabled = enabled
    terminal = StandardStreams.errorIsTerminal
  }

  /// A stage begins.
  func begin(_ title: String, bytes: UInt64) {
    lock.lock()
    self.title = title
    total = bytes
    done = 0
    started = Date()
    lastPrinted = terminal ? Date.distantPast : started
    lock.unlock()
  }

  /// Bytes have been worked through.
  func advance(_ bytes: Int) {
    lock.lock()
    defer { lock.unlock() }
    done += UInt64(max(0, bytes))
    guard enabled else { return }
    let now = Date()
    guard now.timeIntervalSince(lastPrinted) >= (terminal ? 0.2 : 10) else { return }
    lastPrinted = now
    print(fitting(line(now)), end: terminal ? "\u{1B}[K\r" : "\n")
  }

  /// The stage has ended.
  func end(_ summary: String) {
    lock.lock()
    defer { lock.unlock() }
    guard enabled else { return }
    let seconds = Date().timeIntervalSince(started)
    print("\(title): \(summary) in \(Self.seconds(seconds))", end: terminal ? "\u{1B}[K\n" : "\n")
  }

  private func line(_ now: Date) -> String {
    let elapsed = now.timeIntervalSince(started)
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    var text = "\(title): \(done / 1_000_000) MB"
    if total > 0 { text += " of \(total / 1_000_000) MB" }
    text += ", \(Int(rate / 1_000_000)) MB/s"
    if rate > 0, total > done { text += ", \(Self.seconds(Double(total - done) / rate)) left" }
    return text
  }

  /// The line cut to the terminal's width, as it is now: a longer one would scroll. A character may
  /// take two columns.
  private func fitting(_ line: String) -> String {
    guard terminal, let width = StandardStreams.errorWidth, width > 1 else { return line }
    var left = width - 1
    let shown = ControlCharacters.escaped(line).prefix { character in
      left -= character.unicodeScalars.allSatisfy { $0.value < 0x1100 } ? 1 : 2
      return left >= 0
    }
    return String(shown)
  }

  private static func seconds(_ value: Double) -> String {
    value < 100 ? String(format: "%.1f s", value) : "\(Int(value / 60)) min"
  }

  private func print(_ text: String, end: String) {
    StandardStreams.writeError(Array((ControlCharacters.escaped(text) + end).utf8))
  }
}
