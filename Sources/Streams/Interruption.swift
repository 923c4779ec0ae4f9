import Glibc

/// What a build says where it is stopped by a signal: nothing is lost, and how to go on.
public enum Interruption {
  /// Handles Ctrl-C and `kill` from now on. A signal that the caller ignores stays ignored.
  public static func handle() {
    for number in [SIGINT, SIGTERM] {
      let before = signal(number) { number in
        // Only calls that are safe in a handler.
        let words: StaticString =
          "\ninterrupted; the same command goes on from here, with the parts that are done\n"
        _ = unsafe write(2, words.utf8Start, words.utf8CodeUnitCount)
        _ = signal(number, SIG_DFL)
        raise(number)
      }
      if unsafe unsafeBitCast(before, to: Int.self) == 1 { _ = signal(number, SIG_IGN) }
    }
  }
}
