import Glibc

/// What the file system says of a file; symbolic links have been followed.
public struct FileStatus: Sendable, Equatable {
  /// Bytes of the file.
  public var size: UInt64
  /// When the content last changed, in nanoseconds since 1970.
  public var modifiedNanoseconds: Int64
  /// The file's number on its device.
  public var inode: UInt64
  /// The number of the device that holds the file.
  public var device: UInt64
  /// Whether it is a directory.
  public var isDirectory: Bool
  /// Whether it is an ordinary file, neither directory, pipe nor device.
  public var isRegular: Bool

  /// What it is, in words, where it is neither an ordinary file nor a folder.
  public var special: String?

  init(_ record: stat) {
    size = UInt64(clamping: record.st_size)
    modifiedNanoseconds =
      Int64(record.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(record.st_mtim.tv_nsec)
    inode = UInt64(record.st_ino)
    device = UInt64(record.st_dev)
    isDirectory = record.st_mode & S_IFMT == S_IFDIR
    isRegular = record.st_mode & S_IFMT == S_IFREG
    special =
      switch record.st_mode & S_IFMT {
      case S_IFREG, S_IFDIR: nil
      case S_IFIFO: "a pipe (FIFO)"
      case S_IFSOCK: "a socket"
      default: "a device"
      }
  }
}
