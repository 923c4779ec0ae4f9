import ArgumentParser
import Bytes
import Pipeline

/// `cuvee filters` and `cuvee filters NAME`.
struct FiltersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filters",
    abstract: "Lists the filters that you can use by name, or prints one.",
    discussion: """
      A mixture file looks for a filter's name in the folder Filters beside it, in the folder \
      Filters beside its own folder, in $CUVEE_FILTERS, and then among the built-in filters. It \
      takes the first match, which shadows the others.

      EXAMPLES:
        cuvee filters
        cuvee filters --for Mixtures/c4.yaml
        cuvee filters c4 > Filters/mine.yaml    # then edit it
      """)

  @Argument(help: "Print the text of this filter.") var name: String?
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Look where this mixture file would look.", valueName: "mixture"),
    completion: .file(extensions: ["yaml", "yml"]))
  var mixture: String?
  @Flag(name: .long, help: "Print facts as JSON.") var json = false

  func run() throws {
    var folders = FilterFolders.all + ["Filters"]
    if let mixture {
      var options = PlanOptions(mixturePath: mixture)
      options.filterFolders = FilterFolders.all
      folders = options.allFilterFolders
    }
    if let name {
      Terminal.write(try FilterCatalogue.load(name, folders: folders).text)
      return
    }
    let listing = FilterCatalogue.list(in: folders)
    if json { return try Terminal.printJSON(listing) }
    var table = Table(["filter", "from", "what it does"])
    for filter in listing {
      let shadows =
        filter.shadows.isEmpty ? "" : " (shadows: \(filter.shadows.joined(separator: ", ")))"
      table.add([filter.name, filter.origin + shadows, filter.summary])
    }
    table.print()
  }
}
