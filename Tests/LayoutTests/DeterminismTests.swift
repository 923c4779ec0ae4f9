import Testing

/// What would let the output depend on a run, a machine or the number of workers stays out.
@Suite struct DeterminismTests {
  /// Files that may read the clock, and why.
  static let clockReaders = [
    "Pipeline/Execution/Progress.swift": "says how fast a stage goes, on standard error",
    "Pipeline/Execution/StageRunner.swift": "StageClock times stages for the report of a build",
    "Pipeline/Execution/CachePruner.swift": "removes results of the cache by their age",
  ]

  /// The targets whose code decides what is in the output, and the command that calls them.
  private func sources() throws -> [SwiftSource] {
    let files = try Repository.swiftFiles(below: "Sources")
    #expect(files.count > 100)
    return files
  }

  @Test func nothingIsRandom() throws {
    let random =
      #/\bHasher\(|\bhashValue\b|\.random\(|\bshuffled?\(\)|randomElement|SystemRandom|\brand(om)?\(\)|getrandom|UUID\(/#
    for file in try sources() {
      #expect(file.matches(random).isEmpty)
    }
  }

  @Test func theClockIsReadInFewPlaces() throws {
    let clock =
      #/\bDate\(|\bDate\.|ContinuousClock|SuspendingClock|DispatchTime|clock_gettime|gettimeofday|\btime\(|systemUptime/#
    for file in try sources() {
      let found = file.matches(clock)
      if Self.clockReaders[file.shortPath] == nil {
        #expect(found.isEmpty)
      } else {
        // A place that no longer needs it leaves the list.
        #expect(!found.isEmpty, "\(file.path)")
      }
    }
    #expect(Set(Self.clockReaders.keys).isSubset(of: Set(try sources().map(\.shortPath))))
  }

  @Test func threadsAreStartedInOnePlace() throws {
    let threads =
      #/\bThread\s*[\({]|\bThread\.detach|pthread_create|Dispatch(Queue|Group|Source)|(^|[=({]|\breturn)\s*Task\s*(\.detached)?\s*\{|\bTask<|with(Throwing)?TaskGroup|\basync\b|\bawait\b|OperationQueue|\bactor\s+[A-Z]/#
    var starters: [String] = []
    for file in try sources() where !file.matches(threads).isEmpty {
      starters.append(file.shortPath)
    }
    #expect(starters == ["Pipeline/Execution/Threads.swift"])
  }

  @Test func theLocaleIsNeverAsked() throws {
    let locale = #/\bLocale\b|localized(?!Description)|setlocale|NumberFormatter|DateFormatter/#
    for file in try sources() {
      #expect(file.matches(locale).isEmpty)
    }
  }

  /// Where `Dictionary` and `Set` are gone through, their order must not matter; it differs from
  /// run to run unless this is off. Nothing turns it off.
  @Test func hashSeedsAreNotFixed() throws {
    for path in ["Makefile", ".ci/run", "Package.swift"] {
      #expect(!(try Repository.text(path).contains("SWIFT_DETERMINISTIC_HASHING")), "\(path)")
    }
  }
}
