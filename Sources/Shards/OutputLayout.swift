/// The names of the files of an output, relative to its folder.
public enum OutputLayout {
  /// The manifest: written last, so that an output with a manifest is whole.
  public static let manifest = "manifest.json"
  /// MosaicML Streaming's index, in every phase's folder and, for all phases, at the top.
  public static let index = "index.json"
  /// The list of input files.
  public static let inputs = "inputs.zst"

  /// The folder of what the output was built from.
  public static let recipeFolder = "recipe"
  /// The mixture file as it was used.
  public static let recipeMixture = "recipe/mixture.yaml"
  /// Which filter is which file of the recipe.
  public static let recipeIndex = "recipe/recipe.json"

  /// The folder of a phase, as in `01-pile`.
  ///
  /// - Parameters:
  ///   - index: The phase's place among the phases, from 0.
  ///   - name: The phase's name.
  /// - Returns: The folder, relative to the output's.
  public static func phaseFolder(index: Int, name: String) -> String {
    "\(padded(index + 1, digits: 2))-\(folderName(name))"
  }

  /// The name of a phase's shard, as in `shard.00000.mds.zstd`.
  public static func shard(_ index: Int) -> String {
    "shard.\(padded(index, digits: 5)).mds.zstd"
  }

  /// The name of the segments of a phase's shard, as in `segments.00000.zst`.
  public static func segments(_ index: Int) -> String {
    "segments.\(padded(index, digits: 5)).zst"
  }

  /// The folder of a source's documents.
  public static func documentsFolder(source: String) -> String { "documents/\(folderName(source))" }

  /// The fixed-width records in a source's folder of documents.
  public static let documents = "documents.zst"
  /// The ids in a source's folder of documents.
  public static let documentIDs = "ids.zst"
  /// What filters have changed, in a source's folder of documents.
  public static let documentEdits = "edits.zst"

  /// The samples of what was dropped and cut of a source, as lines of JSON.
  public static func audit(source: String) -> String { "audit/\(folderName(source)).jsonl.zst" }

  /// The documents that stayed for the samples of duplicates of a source, as lines of JSON.
  public static func keptDocuments(source: String) -> String {
    "audit/\(folderName(source)).kept.jsonl.zst"
  }

  /// The name under which MosaicML Streaming inflates a shard, beside it.
  public static func inflatedName(of shard: String) -> String {
    shard.hasSuffix(".zstd") ? String(shard.dropLast(5)) : shard
  }

  /// A source's or a phase's name as the name of a folder: all but ASCII letters, digits, `-`, `_`
  /// and `.` become `_`, and no name begins with a full stop.
  public static func folderName(_ name: String) -> String {
    let safe = String(
      name.map { character in
        let isSafe = character.isASCII && (character.isLetter || character.isNumber)
        return isSafe || "-_.".contains(character) ? character : "_"
      })
    return safe.hasPrefix(".") ? "_" + safe : safe
  }

  /// Whether a path leads into the output's folder and to a name in it. What a manifest lists is
  /// not believed before this is known.
  public static func isInside(_ path: String) -> Bool {
    !path.utf8.contains(0)
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0 != "." && $0 != ".."
      }
  }

  private static func padded(_ number: Int, digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
