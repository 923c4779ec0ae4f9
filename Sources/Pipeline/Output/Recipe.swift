import Bytes
import MixtureFiles
import Shards
import Streams

/// What an output was built from, kept in it as `recipe/`: the mixture file and the filters as they
/// were used, and `recipe.json`, which says which filter is which file.
///
/// `cuvee build OUT/recipe/mixture.yaml --data DIR` builds the output again: a mixture file with a
/// `recipe.json` beside it takes its filters from there, whatever filters of these names there are.
struct Recipe {
  /// `recipe.json`.
  struct Index: Codable, Sendable {
    /// The file of each filter, relative to the recipe, by the name or path that the mixture file
    /// gives.
    var filters: [String: String]
    /// The files of the lists that each filter names, relative to the recipe, by the filter's name as
    /// above and the path that the filter gives. Nil where no filter names one.
    var lists: [String: [String: String]]?
  }

  /// A file of the recipe: its path in the output, and its bytes.
  typealias File = (path: String, bytes: [UInt8])

  /// The files.
  let files: [File]
  /// What the manifest says of them.
  let manifest: ManifestRecipe

  /// The recipe of a plan.
  ///
  /// - Throws: `badData` where the mixture file has changed since the plan was made.
  init(_ plan: Plan) throws(CuveeError) {
    let text = try FileSystem.readFile(plan.options.mixturePath)
    guard Digest.sha256(text.span) == plan.mixture.sha256 else {
      throw .badData("\(plan.options.mixturePath): has changed during the build; build again")
    }
    var files: [File] = [(OutputLayout.recipeMixture, text)]
    var index = Index(filters: [:])
    var filters: [ManifestRecipe.Filter] = []
    for (name, filter) in plan.filters.sorted(by: { $0.key < $1.key }) {
      // Different filters may have files of one name.
      let file = "Filters/\(filters.count + 1)-\(OutputLayout.folderName(filter.file.name)).yaml"
      files.append(("\(OutputLayout.recipeFolder)/\(file)", filter.text))
      index.filters[name] = file
      var places: [String: String] = [:]
      var lists: [ManifestRecipe.List] = []
      for list in filter.lists where places[list.name] == nil {
        let last = list.name.split(separator: "/").last.map(String.init) ?? "list"
        let file =
          "Filters/\(filters.count + 1)-\(lists.count + 1)-\(OutputLayout.folderName(last))"
        let path = "\(OutputLayout.recipeFolder)/\(file)"
        places[list.name] = file
        files.append((path, list.bytes))
        lists.append(ManifestRecipe.List(file: path, sha256: Digest.sha256(list.bytes.span)))
      }
      if !places.isEmpty { index.lists = (index.lists ?? [:]).merging([name: places]) { $1 } }
      filters.append(
        ManifestRecipe.Filter(
          name: name, file: "\(OutputLayout.recipeFolder)/\(file)",
          sha256: Digest.sha256(filter.text.span), isBuiltIn: filter.path == nil,
          lists: lists.isEmpty ? nil : lists))
    }
    let bytes = try JSONFile.encode(index)
    files.append((OutputLayout.recipeIndex, bytes))
    self.files = files
    manifest = ManifestRecipe(
      mixture: OutputLayout.recipeMixture, mixtureSHA256: plan.mixture.sha256,
      index: OutputLayout.recipeIndex, indexSHA256: Digest.sha256(bytes.span), filters: filters,
      scale: plan.options.scale, sample: plan.options.sample)
  }

  /// The index in the folder of a mixture file; nil where there is none.
  ///
  /// - Throws: `badData` where it is not one.
  static func read(folder: String) throws(CuveeError) -> Index? {
    let path = "\(folder)/recipe.json"
    guard try FileSystem.status(path) != nil else { return nil }
    let index: Index = try JSONFile.read(path)
    let lists = (index.lists ?? [:]).values.flatMap(\.values)
    for file in index.filters.values + lists where !OutputLayout.isInside(file) {
      throw .badData("\(path): the file \"\(file)\" is not in its folder")
    }
    return index
  }
}
