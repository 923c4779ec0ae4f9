import Bytes

/// What must hold of a configuration file, whatever is in it.
enum YAMLReading {
  /// Checks that a file is read or that every line of its error has a place.
  static func check(_ parse: () throws(CuveeError) -> Void) {
    do throws(CuveeError) {
      try parse()
    } catch {
      require(error.kind == .badData, "\(error.kind)")
      for line in ("error: " + error.message).split(separator: "\n") {
        let isLast = line.hasSuffix("more errors are not shown")
        let fields = line.split(separator: ":", maxSplits: 4)
        require(
          isLast
            || fields.count > 3 && line.hasPrefix("error: fuzz.yaml:")
              && Int(fields[2]) != nil && Int(fields[3]) != nil,
          "without a place: \(line)")
      }
    }
  }
}
