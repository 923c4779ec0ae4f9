import Bytes
import Declarations
import MixtureFiles

extension PlanOptions {
  /// Checks the shares of the command line before anything is read, so that a wrong one is an error
  /// of usage.
  ///
  /// - Throws: `badData`, with the option.
  public static func checkShares(scale: String?, sample: String?) throws(CuveeError) {
    if let scale { _ = try factor(scale) }
    if let sample { _ = try Plan.share(sample, option: "--sample", below: 1) }
  }

  /// The value of `--scale`, which may pass 100%.
  static func factor(_ text: String) throws(CuveeError) -> DecimalShare {
    guard let share = Share.parse(text) else {
      throw .badData("--scale \(text): is not a share; write it as in 1% or 0.01")
    }
    guard !share.isZero else { throw .badData("--scale \(text): must be more than 0") }
    return share
  }
}
