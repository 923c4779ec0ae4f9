import Foundation

/// A folder of a test that goes when its owner does.
public final class TemporaryFolder: Sendable {
  /// Its absolute path, without symbolic links.
  public let path: String

  /// Makes an empty folder.
  public init(_ name: String = "cuvee-test") throws {
    let parent = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    path = "\(parent)/\(name)-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file or folder in it, which need not be there.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, with the folders above it.
  ///
  /// - Returns: Its path.
  @discardableResult
  public func write(_ content: Data, as name: String) throws -> String {
    let url = URL(fileURLWithPath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: url)
    return url.path
  }

  /// Writes a text file, with the folders above it.
  ///
  /// - Returns: Its path.
  @discardableResult
  public func write(_ text: String, as name: String) throws -> String {
    try write(Data(text.utf8), as: name)
  }

  /// Copies a file or a folder into it.
  ///
  /// - Returns: The path of the copy.
  @discardableResult
  public func copy(_ source: String, as name: String) throws -> String {
    let url = URL(fileURLWithPath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(fileURLWithPath: source), to: url)
    return url.path
  }

  /// Removes a file or a folder in it, if it is there.
  public func remove(_ name: String) { try? FileManager.default.removeItem(atPath: file(name)) }
}
