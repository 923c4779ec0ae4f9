import Bytes
import Glibc

/// An advisory lock on a file, held until the value goes away or the process ends (`flock`).
public struct FileLock: ~Copyable, Sendable {
  private let file: FileDescriptor

  /// Takes the lock, creating its file where there is none.
  ///
  /// - Parameters:
  ///   - path: the lock's file; its folder must exist. An exclusive holder writes its process
  ///     number into it, for messages only.
  ///   - exclusive: whether no one else may hold the lock at the same time.
  ///   - wait: whether to wait for other holders.
  /// - Throws: `failed` when the lock is held and `wait` is false, `io` when the file cannot be
  ///   opened.
  public init(path: String, exclusive: Bool, wait: Bool) throws(CuveeError) {
    let file: FileDescriptor
    do {
      file = try FileDescriptor(path, flags: O_RDWR | O_CREAT)
    } catch {
      throw error.output(path, "cannot be opened as a lock")
    }
    do {
      try file.lock((exclusive ? LOCK_EX : LOCK_SH) | (wait ? 0 : LOCK_NB))
    } catch {
      guard error.code == EWOULDBLOCK else { throw error.output(path, "cannot be locked") }
      throw .failed(
        "\(path): is locked by another run\(Self.holder(path)); wait for it to end, or use"
          + " another folder")
    }
    if exclusive {
      let note = Array("process \(getpid())\n".utf8)
      // A note for messages: the lock holds without it.
      try? file.truncate()
      try? file.write(note.span)
    }
    self.file = file
  }

  /// Who may hold the lock, from the note of the last exclusive holder.
  private static func holder(_ path: String) -> String {
    guard let note = try? FileSystem.readFile(path), !note.isEmpty, note.count < 40 else {
      return ""
    }
    let words = String(decoding: note, as: UTF8.self).split(separator: "\n").first ?? ""
    return words.isEmpty ? "" : " (perhaps \(words))"
  }
}
