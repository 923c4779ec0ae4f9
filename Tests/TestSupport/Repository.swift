import Foundation

/// Where the tests find what is in the repository, and the data that is not.
public enum Repository {
  /// The repository's root.
  public static let root: String = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// A file or a folder of the repository.
  public static func path(_ name: String) -> String { "\(root)/\(name)" }

  /// The tokenizer of the samples.
  public static var sampleTokenizer: String { path("samples/tokenizer.json") }
}

/// Real data, which is no part of the repository.
public enum TestData {
  /// The folder that `$CUVEE_TESTDATA` names, or nil where it names none.
  public static let folder: String? = {
    guard let folder = ProcessInfo.processInfo.environment["CUVEE_TESTDATA"], !folder.isEmpty,
      FileManager.default.fileExists(atPath: folder)
    else { return nil }
    return folder
  }()

  /// Whether there is real data.
  public static var isThere: Bool { folder != nil }

  /// Why a test on real data is skipped.
  public static let absence = "CUVEE_TESTDATA names no folder of real data"

  /// Whether the tests that take minutes are asked for by `CUVEE_TEST_LARGE=1`.
  public static let isLarge = ProcessInfo.processInfo.environment["CUVEE_TEST_LARGE"] == "1"
}
