import Bytes
import Foundation

extension Plan {
  /// Estimates from a sample of each source.
  ///
  /// - Parameter sizes: What the sizes of the files say.
  /// - Returns: The same with what the samples say.
  /// - Throws: What is wrong with a file; `badData` where a source gives no document, each such
  ///   source in a line of its own.
  public func sampled(_ sizes: [SourceEstimate]) throws(CuveeError) -> [SourceEstimate] {
    var estimates = sizes
    let outcomes = TaskPool(workers: min(4, ProcessInfo.processInfo.activeProcessorCount)).run(
      Array(sources.indices), size: { _ in 1 }
    ) { (index, _) throws(CuveeError) in
      let sample = try SourceProbe(self, sources[index]).run()
      try sample.requireDocuments(of: sources[index], in: mixture)
      return sample
    }
    var errors: [CuveeError] = []
    for (index, outcome) in outcomes.enumerated() {
      switch outcome {
      case .success(let sample): estimates[index].use(sample, of: self)
      case .failure(let error): errors.append(error)
      }
    }
    if let first = errors.first {
      throw CuveeError(
        first.kind, errors.map(\.message).joined(separator: CuveeError.separator))
    }
    return estimates
  }

  /// Refuses sources whose records give no document, by a glance at each. What cannot be read is
  /// left to the stage that reads all.
  func requireDocuments(of indexes: [Int]) throws(CuveeError) {
    var messages: [String] = []
    for index in indexes {
      guard let sample = try? SourceProbe(self, sources[index], isGlance: true).run() else {
        continue
      }
      do throws(CuveeError) {
        try sample.requireDocuments(of: sources[index], in: mixture)
      } catch {
        messages.append(error.message)
      }
    }
    guard messages.isEmpty else {
      throw .badData(messages.joined(separator: CuveeError.separator))
    }
  }
}
