import Bytes
import Foundation
import Streams
import Yams

/// Turns the bytes of a YAML file into its tree, with every way to fail told by its place.
enum YAMLDocument {
  /// Files larger than this are not mixture files: 64 MiB.
  static let maximumBytes = 64 << 20

  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - displayPath: the path as messages show it.
  ///   - noun: what the file should be, as in `mixture file`.
  /// - Returns: the bytes.
  /// - Throws: a missing input where there is no such file, or none that can be read.
  static func read(_ path: String, displayPath: String, noun: String) throws(CuveeError) -> [UInt8]
  {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .missingInput(
        "\(displayPath): there is no such \(noun)"
          + NearestFile.hint(for: path, displayPath: displayPath))
    }
    if (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil {
      throw .missingInput("\(displayPath): is a directory; name a \(noun) in it")
    }
    do {
      return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .missingInput("\(displayPath): cannot be read (\(error.localizedDescription))")
    }
  }

  /// The root of a file's only document.
  ///
  /// - Throws: bad data, with place, where the bytes are not one YAML document.
  static func root(of bytes: [UInt8], displayPath: String) throws(CuveeError) -> Node {
    func failure(_ mark: Mark, _ message: String) -> CuveeError {
      .badData(Diagnostics.line(displayPath, mark, message))
    }
    guard bytes.count <= maximumBytes else {
      throw .badData("\(displayPath): larger than 64 MiB; this is not a mixture file")
    }
    let text: String
    switch YAMLText.check(bytes) {
    case .success(let checked): text = checked
    case .failure(let problem): throw failure(problem.mark, problem.message)
    }
    do {
      // No resolver rules: `no`, `1e3` and `2024-01-01` stay the words that they are, and each key
      // says itself how it is read.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        throw failure(Mark(line: 1, column: 1), "the file is empty")
      }
      return root
    } catch let error as CuveeError {
      throw error
    } catch let error as YamlError {
      let problem = YAMLProblem(error, text: text)
      throw failure(problem.mark, problem.message)
    } catch {
      throw failure(Mark(line: 1, column: 1), "not valid YAML: \(error)")
    }
  }
}

extension Node {
  /// Where the node begins.
  var place: Mark {
    let mark: Yams.Mark? = self.mark
    return mark.map { Mark(line: $0.line, column: $0.column) } ?? Mark(line: 1, column: 1)
  }

  /// The text of a scalar written without quotes.
  var plainText: String? {
    guard let scalar, scalar.style == .plain || scalar.style == .any else { return nil }
    return scalar.string
  }

  /// Whether the node is a plain scalar that stands for nothing: empty, `~` or `null`.
  var isNothing: Bool {
    guard let plainText else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(plainText)
  }

  /// What the file says here, for a message.
  var words: String {
    switch self {
    case .scalar(let scalar):
      let quoted = "\"\(YAMLText.excerpt(scalar.string))\""
      return switch scalar.style {
      case .any, .plain: quoted
      case .singleQuoted, .doubleQuoted: "the quoted text \(quoted)"
      case .literal, .folded: "the block of text \(quoted)"
      }
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .alias: return "an alias"
    }
  }
}
