import ArgumentParser
import Bytes
import Declarations
import MixtureFiles
import Pipeline

/// `cuvee cache list`, `prune` and `verify`.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Lists, prunes and checks the results that Cuvee keeps for later builds.",
    subcommands: [List.self, Prune.self, Verify.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the contents of the cache by stage.",
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
      if listing.damagedBytes > 0 {
        Terminal.print("damaged units that were set aside: \(Figures.bytes(listing.damagedBytes))")
      }
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
      abstract: "Removes entries: those unused for some days, those beyond a size, or all.",
      discussion: """
        The next build redoes what it misses. While a build runs, nothing can be pruned. With \
        --max-size, the least recently used entries go first. Damaged units that a build has set \
        aside are always removed.

        EXAMPLES:
          cuvee cache prune --unused-days 30
          cuvee cache prune --max-size 200GB --dry-run
          cuvee cache prune --stage shuffle --all
        """)

    @OptionGroup var cache: CacheArguments
    @Option(name: .long, help: "Remove only entries of this stage.") var stage: Stage?
    @Option(
      name: .long,
      help: ArgumentHelp(
        "Remove entries that no build has used for this many days.", valueName: "days"))
    var unusedDays: Int?
    @Option(
      name: .long,
      help: ArgumentHelp(
        "Remove entries until the cache has this size, as in 200GB.", valueName: "size"))
    var maxSize: String?
    @Flag(name: .long, help: "Remove all entries.") var all = false
    @Flag(name: .long, help: "Remove nothing; print what would be removed.") var dryRun = false
    @Flag(name: .long, help: "Print facts as JSON.") var json = false

    func validate() throws {
      let given = [all, unusedDays != nil, maxSize != nil].count { $0 }
      guard given == 1 else {
        throw ValidationError(
          "say which entries to remove: --unused-days N, --max-size SIZE, or --all")
      }
      if let unusedDays, unusedDays < 0 {
        throw ValidationError("--unused-days \(unusedDays): must not be negative")
      }
      if let maxSize, ByteSize.parse(maxSize) == nil {
        throw ValidationError("--max-size \(maxSize): is not a size; write it as in 200GB")
      }
    }

    func run() throws {
      let selection: CachePruner.Selection =
        if let unusedDays {
          .unused(days: unusedDays)
        } else if let size = maxSize.flatMap(
          ByteSize.parse)
        { .beyond(bytes: size) } else { .all }
      let pruned = try CachePruner.prune(
        root: cache.folder, stage: stage, selection, dryRun: dryRun)
      if json { return try Terminal.printJSON(pruned) }
      Terminal.print(
        "\(pruned.entries) entries \(dryRun ? "would be " : "")removed, "
          + "\(Figures.bytes(pruned.bytes)); \(Figures.bytes(pruned.keptBytes)) stay")
      if pruned.damagedBytes > 0 {
        Terminal.print(
          "damaged units that were set aside \(dryRun ? "would be " : "")removed too, "
            + Figures.bytes(pruned.damagedBytes))
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Compares every file of the cache with its receipt.",
      discussion: """
        A build checks what it reads and redoes damaged units by itself. This command reads the \
        whole cache.

        EXAMPLES:
          cuvee cache verify
          cuvee cache verify --repair
        """)

    @OptionGroup var cache: CacheArguments
    @OptionGroup var workers: WorkerArguments
    @Flag(name: .long, help: "Set damaged units aside, so that the next build redoes them.")
    var repair = false
    @Flag(name: .long, help: "Print facts as JSON.") var json = false

    func run() throws {
      let found = try CacheVerifier.verify(
        root: cache.folder, repair: repair, workers: workers.count)
      if json {
        try Terminal.printJSON(found)
      } else {
        for damage in found.damages { Terminal.print(damage.line) }
        Terminal.print(
          "\(Figures.grouped(found.units)) units, \(Figures.bytes(found.bytes)) read: "
            + "\(found.damages.count) damaged"
            + (found.repaired ? " and set aside" : ""))
      }
      guard found.damages.isEmpty || found.repaired else {
        throw CuveeError.badData(
          "\(cache.folder): \(found.damages.count) units are damaged; a build redoes those that it "
            + "needs, and --repair sets all of them aside")
      }
    }
  }
}
