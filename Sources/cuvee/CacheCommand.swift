import ArgumentParser
import Bytes
import Pipeline

/// `cuvee cache list` and `cuvee cache prune`.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Lists and prunes the results that are kept for later builds.",
    subcommands: [List.self, Prune.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists what the cache holds, by stage.",
      discussion: """
        EXAMPLES:
          cuvee cache list
          cuvee cache list --entries --json
        """)

    @OptionGroup var cache: CacheArguments
    @Flag(name: .long, help: "List every entry.") var entries = false
    @Flag(name: .long, help: "Print facts as JSON.") var json = false

    func run() throws {
      let listing = try CacheListing(root: cache.folder)
      if json {
        try Terminal.printJSON(listing)
        return
      }
      var table = Table(["stage", "entries", "size"], rightAligned: [1, 2])
      for stage in listing.stages {
        table.add([stage.stage.rawValue, "\(stage.entries.count)", Figures.bytes(stage.bytes)])
      }
      table.print()
      guard entries else { return }
      for stage in listing.stages {
        for entry in stage.entries {
          Terminal.print(
            "\(stage.stage.rawValue)/\(entry.key)  \(Figures.bytes(entry.bytes))  \(entry.label)")
        }
      }
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune",
      abstract: "Removes entries that have not been used for some days; all with --all.",
      discussion: """
        The next build does again what it misses. Nothing is pruned while a build runs.

        EXAMPLES:
          cuvee cache prune --unused-days 30
          cuvee cache prune --stage shuffle --all
        """)

    @OptionGroup var cache: CacheArguments
    @Option(name: .long, help: "Only entries of this stage.") var stage: Stage?
    @Option(name: .long, help: "Only entries that no build has used for so many days.")
    var unusedDays: Int?
    @Flag(name: .long, help: "All entries.") var all = false
    @Flag(name: .long, help: "Print facts as JSON.") var json = false

    func validate() throws {
      guard all != (unusedDays != nil), (unusedDays ?? 0) >= 0 else {
        throw ValidationError("say which entries: --unused-days N, or --all")
      }
    }

    func run() throws {
      let pruned = try CachePruner.prune(
        root: cache.folder, stage: stage, unusedDays: all ? nil : unusedDays)
      if json {
        try Terminal.printJSON(pruned)
      } else {
        Terminal.print("\(pruned.entries) entries removed, \(Figures.bytes(pruned.bytes))")
      }
    }
  }
}
