import Declarations
import Foundation
import Readers
import Testing

@Suite("The list of formats")
struct RecordFormatsTests {
  /// Each file in `Formats/` is one format in the list, and its name is the format's.
  @Test func filesAndListAgree() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Readers/Formats").standardized
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(".swift".count)) }
    #expect(Set(files) == Set(RecordFormats.all.map { "\($0)" }))
    for type in RecordFormats.all {
      let spelled = type.name.filter { $0 != "-" } + "format"
      #expect("\(type)".lowercased() == spelled)
      #expect(RecordFormats.named(type.name) == type)
    }
    #expect(Set(RecordFormats.all.map { $0.name }).count == RecordFormats.all.count)
    #expect(RecordFormats.named("c5") == nil)
  }
}
