import Bytes
import Testing

@testable import Streams

@Suite struct FileLockTests {
  private static func canTake(_ path: String, exclusive: Bool) -> Bool {
    cuveeError { () throws(CuveeError) in
      _ = try FileLock(path: path, exclusive: exclusive, wait: false)
    } == nil
  }

  @Test func anExclusiveLockKeepsOthersOut() throws {
    let folder = try StreamsTestFolder()
    let path = folder.file("lock")
    do {
      let lock = try FileLock(path: path, exclusive: true, wait: false)
      let error = cuveeError { () throws(CuveeError) in
        _ = try FileLock(path: path, exclusive: false, wait: false)
      }
      #expect(error?.kind == .failed)
      #expect(
        error?.message.hasPrefix("\(path): is locked by another run (perhaps process ") == true)
      #expect(!Self.canTake(path, exclusive: true))
      extend(lock)
    }
    #expect(Self.canTake(path, exclusive: true))
  }

  @Test func sharedLocksGoTogether() throws {
    let folder = try StreamsTestFolder()
    let path = folder.file("lock")
    do {
      let lock = try FileLock(path: path, exclusive: false, wait: true)
      #expect(Self.canTake(path, exclusive: false))
      #expect(!Self.canTake(path, exclusive: true))
      extend(lock)
    }
    #expect(Self.canTake(path, exclusive: true))
  }

  @Test func aLockNeedsItsFolder() throws {
    let folder = try StreamsTestFolder()
    let error = cuveeError { () throws(CuveeError) in
      _ = try FileLock(path: folder.file("no/lock"), exclusive: true, wait: false)
    }
    #expect(error?.kind == .io)
  }

  /// A lock may end after its last use: this is one.
  private func extend(_ lock: borrowing FileLock) {}
}
