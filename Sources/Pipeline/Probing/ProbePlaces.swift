import Bytes
import Readers
import Streams

/// A place where a probe reads.
struct ProbePlace: Sendable {
  /// The file's index in its source.
  let file: Int
  /// The byte; reading begins with the line that covers it.
  let offset: UInt64
  /// How much of the source the place stands for, in relation to what is read there; nil where that
  /// is known only after all places have been read.
  var factor: Double?
}

/// Chooses the places where a probe reads: spread evenly, the same ones each time.
enum ProbePlaces {
  /// Places of plain files of lines.
  static func lines(_ files: [(index: Int, size: UInt64)], _ size: ProbeSize) -> [ProbePlace] {
    let total = files.reduce(0) { $0 + $1.size }
    if total <= size.allPlacesBytes, files.count <= ProbeSize.wholeSourceFiles {
      return files.map { ProbePlace(file: $0.index, offset: 0) }
    }
    return spread(files, over: size.places)
  }

  /// Compressed files, to be read from their beginnings.
  static func compressed(
    _ files: [(index: Int, size: UInt64)], _ size: ProbeSize
  ) -> [ProbePlace] {
    var places: [ProbePlace] = []
    for place in spread(files, over: size.compressedFiles) where places.last?.file != place.file {
      places.append(ProbePlace(file: place.file, offset: 0))
    }
    return places
  }

  /// As many places in files, at the same distance of each other in the bytes of all.
  private static func spread(
    _ files: [(index: Int, size: UInt64)], over count: Int
  ) -> [ProbePlace] {
    let total = files.reduce(0.0) { $0 + Double($1.size) }
    var places: [ProbePlace] = []
    var before = 0.0
    for file in files {
      let end = before + Double(file.size)
      while places.count < count {
        let target = total * Double(places.count) / Double(count)
        guard target < end else { break }
        places.append(ProbePlace(file: file.index, offset: UInt64(max(0, target - before))))
      }
      before = end
    }
    return places
  }

  /// Whole files: from as many groups of files of about the same size the middle one, which stands
  /// for its group.
  static func wholeFiles(
    _ files: [(index: Int, size: UInt64)], _ size: ProbeSize
  ) -> [ProbePlace] {
    let sorted = files.sorted { ($0.size, $0.index) < ($1.size, $1.index) }
    var count = min(size.wholeFiles, sorted.count)
    while true {
      let groups = (0..<count).map { group in
        sorted[group * sorted.count / count..<(group + 1) * sorted.count / count]
      }
      let chosen = groups.map { $0[($0.startIndex + $0.endIndex) / 2] }
      if count > 1, chosen.reduce(0, { $0 + $1.size }) > size.wholeFileBytes {
        count = (count + 1) / 2
        continue
      }
      return zip(groups, chosen).map { group, file in
        let bytes = group.reduce(0.0) { $0 + Double($1.size) }
        let factor = file.size == 0 ? Double(group.count) : bytes / Double(file.size)
        return ProbePlace(file: file.index, offset: 0, factor: factor)
      }.sorted { $0.file < $1.file }
    }
  }
}
