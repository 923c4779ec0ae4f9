import Foundation
import Streams

/// What a run is at: one line that is rewritten on a terminal, a plain line every ten seconds
/// elsewhere, always on standard error. The clock is read here and nowhere else in a stage.
public final class Progress: @unchecked Sendable {
  // Invariant: every property is only touched under `lock`.
  private let lock = NSLock()
  private let enabled: Bool
  private let terminal: Bool
  private var stage = Stage.digest
  private var total: UInt64 = 0
  private var done: UInt64 = 0
  private var started = Date()
  private var lastPrinted = Date.distantPast
  private var forecast = WorkForecast([:], workers: 1)
  private var hasAnnounced = false

  /// Creates the progress of a run.
  ///
  /// - Parameter enabled: Whether anything is printed.
  public init(enabled: Bool) {
    self.enabled = enabled
    terminal = StandardStreams.errorIsTerminal
  }

  /// A walk through the stages begins.
  func expect(_ forecast: WorkForecast) {
    lock.lock()
    self.forecast = forecast
    lock.unlock()
  }

  /// The units of a stage are known. Before the first of a build is done, what the cache will grow by
  /// is printed.
  func reach(_ stage: Stage, bytes: UInt64, missing: UInt64, cache: String) {
    lock.lock()
    defer { lock.unlock() }
    let growth = forecast.reach(stage, bytes: bytes, missing: missing)
    guard missing > 0, !hasAnnounced else { return }
    hasAnnounced = true
    let free = FileSystem.freeBytes(cache)
    let words = "cache \(cache): this build adds about \(Figures.bytes(growth))"
    if let free, free < growth {
      // Said even where no progress is printed: hours of work would end with a full disk.
      print(
        "note: \(words), and only \(Figures.bytes(free)) are free; make room, or name another folder "
          + "with --cache", end: "\n")
    } else if enabled, growth >= 1_000_000 {
      print(words + (free.map { "; \(Figures.bytes($0)) are free" } ?? ""), end: "\n")
    }
  }

  /// A stage begins.
  func begin(_ stage: Stage, bytes: UInt64) {
    lock.lock()
    self.stage = stage
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
    let seconds = Date().timeIntervalSince(started)
    forecast.measure(stage, bytes: total, seconds: seconds)
    guard enabled else { return }
    print(
      "\(stage.rawValue): \(summary) in \(Figures.seconds(seconds))",
      end: terminal ? "\u{1B}[K\n" : "\n")
  }

  private func line(_ now: Date) -> String {
    let elapsed = now.timeIntervalSince(started)
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    var text = "\(stage.rawValue): \(done / 1_000_000) MB"
    if total > 0 { text += " of \(total / 1_000_000) MB" }
    text += ", \(Int(rate / 1_000_000)) MB/s"
    if rate > 0, total > done {
      let left = Double(total - done) / rate
      text +=
        ", \(Figures.seconds(left)) left; whole build: about "
        + "\(Figures.seconds(left + forecast.secondsLeft)) left"
    }
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

  private func print(_ text: String, end: String) {
    StandardStreams.writeError(Array((ControlCharacters.escaped(text) + end).utf8))
  }
}
