import Foundation

/// Numbers for people.
public enum Figures {
  /// `1,234,567`.
  public static func grouped(_ value: some BinaryInteger) -> String {
    let digits = String(value)
    var text = ""
    for (index, digit) in digits.enumerated() {
      let left = digits.count - index
      if index > 0 && left % 3 == 0 && digit.isNumber && digits.first != "-" { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `12.3 MB`, in powers of ten.
  public static func bytes(_ value: UInt64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    var size = Double(value)
    var unit = 0
    while size >= 1000 && unit < units.count - 1 {
      size /= 1000
      unit += 1
    }
    return unit == 0 ? "\(value) B" : String(format: "%.1f %@", size, units[unit])
  }

  /// `12.34 %`.
  public static func percent(_ share: Double) -> String { String(format: "%.2f %%", share * 100) }

  /// A number with so many decimals.
  public static func decimals(_ value: Double, _ count: Int) -> String {
    String(format: "%.\(count)f", value)
  }

  /// `12.3 s`, or `4 min` and `3 h` for what takes long.
  public static func seconds(_ value: Double) -> String {
    if value < 100 { return String(format: "%.1f s", value) }
    let minutes = Int((value / 60).rounded())
    return minutes < 120 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
