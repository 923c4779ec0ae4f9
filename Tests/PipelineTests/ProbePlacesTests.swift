import Testing

@testable import Pipeline

@Suite struct ProbePlacesTests {
  private static let size = ProbeSize(
    places: 8, placeBytes: 100, compressedFiles: 3, compressedBytes: 1000, wholeFiles: 4,
    wholeFileBytes: 5000, tokenises: false)

  private static func files(_ sizes: [UInt64]) -> [(index: Int, size: UInt64)] {
    sizes.enumerated().map { (index: $0, size: $1) }
  }

  /// Places have the same distance of each other in the bytes of all files.
  @Test func placesOfLinesAreSpread() {
    let places = ProbePlaces.lines(Self.files([1000, 10, 0, 590, 6400]), Self.size)
    let starts: [UInt64] = [0, 1000, 1010, 1010, 1600]
    let absolute = places.map { starts[$0.file] + $0.offset }
    #expect(absolute == [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000])
  }

  @Test(arguments: [([300, 500], true), ([300, 501], false), ([], true), ([0, 0], true)])
  func smallSourcesAreReadWhole(_ sizes: [UInt64], _ isWhole: Bool) {
    let places = ProbePlaces.lines(Self.files(sizes), Self.size)
    #expect((places.map(\.file) == Array(sizes.indices)) == isWhole)
    #expect(places.allSatisfy { $0.offset == 0 } == isWhole)
  }

  @Test func compressedFilesAreReadOnce() {
    let places = ProbePlaces.compressed(Self.files([10, 10_000, 10, 10]), Self.size)
    #expect(places.map(\.file) == [0, 1] && places.allSatisfy { $0.offset == 0 })
  }

  /// What whole files stand for is all files, by number or by size, and no more is read than allowed.
  @Test(
    arguments: [
      [5, 1, 9, 400, 3, 3, 8, 1200, 7], [1], [], [0, 0, 0, 0, 0], [4000, 4000, 4000, 4000, 4000],
    ] as [[UInt64]])
  func wholeFilesStandForAll(_ sizes: [UInt64]) {
    let places = ProbePlaces.wholeFiles(Self.files(sizes), Self.size)
    let total = sizes.reduce(0, +)
    let read = places.reduce(0) { $0 + sizes[$1.file] }
    #expect(places.count <= 4 && (read <= 5000 || places.count == 1))
    let stands = places.reduce(0.0) { $0 + ($1.factor ?? 0) * Double(sizes[$1.file]) }
    #expect(abs(stands - Double(total)) < 1e-6 * Double(total) + 1e-9)
    if total == 0 { #expect(places.reduce(0) { $0 + ($1.factor ?? 0) } == Double(sizes.count)) }
    #expect(Set(places.map(\.file)).count == places.count)
  }
}
