/// Finds the name that was meant, and says it.
public enum NearestName {
  /// More names than this are not all listed in a message.
  private static let listed = 16

  /// The end of a message about an unknown name: the nearest valid name, or all of them.
  ///
  /// - Parameters:
  ///   - name: The unknown name.
  ///   - names: The valid names.
  ///   - noun: What they are, in the plural.
  /// - Returns: A clause that begins with `; `.
  public static func hint(for name: String, among names: [String], noun: String) -> String {
    if let nearest = find(name, among: names) { return "; did you mean \"\(nearest)\"?" }
    if names.isEmpty { return "; there are no \(noun)" }
    let some = names.prefix(listed).joined(separator: ", ")
    let rest = names.count > listed ? ", ... (\(names.count) in all)" : ""
    return "; known \(noun): \(some)\(rest)"
  }

  /// The nearest of some names: the least number of changed, missing, added or swapped letters, at
  /// most two and at most half of the name's letters; else one that begins with the name, or
  /// with which the name begins. The first where several are equally near.
  public static func find(_ name: String, among names: [String]) -> String? {
    let wanted = normalised(name)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in names {
      let known = normalised(candidate)
      guard abs(known.count - wanted.count) <= 2 else { continue }
      let distance = distance(wanted, known)
      if distance <= 2, 2 * distance <= known.count, distance < best?.distance ?? 3 {
        best = (candidate, distance)
      }
    }
    if let best { return best.name }
    guard wanted.count >= 3 else { return nil }
    return names.first {
      let known = normalised($0)
      return known.starts(with: wanted) || (known.count >= 3 && wanted.starts(with: known))
    }
  }

  /// Lower-case letters, with `-` and `_` taken as equal.
  private static func normalised(_ name: String) -> [UInt8] {
    name.utf8.map { byte in
      switch byte {
      case 0x41...0x5A: byte + 32
      case 0x2D: 0x5F
      default: byte
      }
    }
  }

  /// The optimal string alignment distance: insertions, deletions, substitutions, and swaps of
  /// neighbours.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = [[Int]](repeating: Array(0...b.count), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for (i, left) in a.enumerated() {
      for (j, right) in b.enumerated() {
        var least = min(
          rows[i][j + 1] + 1, rows[i + 1][j] + 1, rows[i][j] + (left == right ? 0 : 1))
        if i > 0, j > 0, left == b[j - 1], a[i - 1] == right {
          least = min(least, rows[i - 1][j - 1] + 1)
        }
        rows[i + 1][j + 1] = least
      }
    }
    return rows[a.count][b.count]
  }
}
