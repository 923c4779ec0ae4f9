import Bytes
import MixtureFiles
import Streams

/// What is wrong with the files that patterns name, gathered so that one message has all of it: who
/// mends one file does not want to hear of the next one by one.
struct InputProblems {
  /// Files of one kind of problem that are named; all are counted.
  private static let shown = 10

  private let mixture: MixtureFile
  private var found: [(problem: String, remedy: String, mark: Mark, paths: [String])] = []

  init(mixture: MixtureFile) { self.mixture = mixture }

  /// What the file system says of a file, or nil, and the problem noted, where it cannot be read.
  mutating func status(of name: String, at path: String, _ mark: Mark) -> FileStatus? {
    let status: FileStatus?
    do throws(CuveeError) {
      status = try FileSystem.status(path)
    } catch {
      note(name, "cannot be examined", "mend or remove the link, or the folder's rights", mark)
      return nil
    }
    guard let status else {
      note(name, "is not there, or a link that leads nowhere", "mend or remove it", mark)
      return nil
    }
    if let special = status.special {
      note(
        name, "is \(special)", "inputs are read more than once and must be ordinary files", mark)
      return nil
    }
    if let why = FileSystem.whyUnreadable(path) {
      note(name, "cannot be opened (\(why))", "give yourself the right to read it", mark)
      return nil
    }
    return status
  }

  private mutating func note(_ name: String, _ problem: String, _ remedy: String, _ mark: Mark) {
    if let index = found.firstIndex(where: { $0.problem == problem && $0.mark == mark }) {
      found[index].paths.append(name)
    } else {
      found.append((problem, remedy, mark, [name]))
    }
  }

  /// Throws what was found, a line for each kind of problem of each pattern.
  func throwAny() throws(CuveeError) {
    guard !found.isEmpty else { return }
    let lines = found.map { entry in
      let more = entry.paths.count - Self.shown
      let names =
        entry.paths.prefix(Self.shown).map { "\"\($0)\"" }.joined(separator: ", ")
        + (more > 0 ? " and \(more) more" : "")
      return "\(mixture.place(entry.mark)): \(names): \(entry.problem); \(entry.remedy)"
    }
    throw .missingInput(lines.joined(separator: CuveeError.separator))
  }
}
