import Declarations
import Documents
import Readers
import Testing

@Suite("Natural Instructions")
struct NaturalInstructionsFormatTests {
  private static let version2 = """
    {"Definition": ["Add."], "Positive Examples": [
      {"input": "1 1", "output": "2", "explanation": "e"}, {"input": "1 2", "output": "3"}],
     "Instances": [{"id": "t-1", "input": "2 2", "output": ["4", "four"]},
                   {"id": "t-2", "input": "3 3", "output": ["6"]}], "URL": [NaN]}
    """
  private static let version1 = """
    {"Definition": "Add.", "Instances": [{"input": "2 2", "output": ["4"]},
                                         {"input": "3 3", "output": "6"}]}
    """

  private func read(_ content: String, _ settings: ReaderSettings = ReaderSettings()) throws
    -> Reading
  {
    try Reading.of(content, format: "natural-instructions", settings: settings)
  }

  @Test func bothVersions() throws {
    let texts = ["Add.\n\nInput: 2 2\nOutput: 4", "Add.\n\nInput: 3 3\nOutput: 6"]
    let second = try read(Self.version2)
    #expect(second.texts == texts)
    #expect(second.ids == ["t-1", "t-2"])
    #expect(second.documents.map(\.origin.record) == [0, 1])
    let first = try read(Self.version1)
    #expect(first.texts == texts)
    #expect(first.ids == ["", ""])
  }

  @Test(arguments: [
    (1, "Add.\n\nInput: 1 1\nOutput: 2\n\nInput: 2 2\nOutput: 4"),
    (9, "Add.\n\nInput: 1 1\nOutput: 2\n\nInput: 1 2\nOutput: 3\n\nInput: 2 2\nOutput: 4"),
  ])
  func examples(count: Int, text: String) throws {
    let settings = ReaderSettings(options: [
      "examples": .integer(count), "max_documents_per_file": .integer(1),
    ])
    #expect(try read(Self.version2, settings).texts == [text])
  }

  @Test func templates() throws {
    let settings = ReaderSettings(text: "{input} = {output}", id: "{id}/{definition}")
    let reading = try read(Self.version2, settings)
    #expect(reading.texts == ["2 2 = 4", "3 3 = 6"])
    #expect(reading.ids == ["t-1/Add.", "t-2/Add."])
  }

  @Test(arguments: [
    (#"{"output":["a"]}"#, BadRecord.Reason.missingField, #"the field "input" is missing"#),
    (#"{"input":"x"}"#, .missingField, #"the field "output" is missing"#),
    (#"{"input":"x","output":[]}"#, .missingField, #"the field "output" is an empty list"#),
    (#"{"input":null,"output":["a"]}"#, .nullField, #"the field "input" is null"#),
    (
      #"{"input":"x","output":[3]}"#, .wrongType,
      #"the field "output" is a number, a string is wanted"#
    ),
    (#""x""#, .notAnObject, "an instance is a string, an object is wanted"),
  ])
  func badInstances(instance: String, reason: BadRecord.Reason, detail: String) throws {
    let good = #"{"input":"x","output":["y"]}"#
    let reading = try read(
      #"{"Definition":["D"],"Instances":[\#(good),\#(instance),\#(good)]}"#)
    #expect(
      reading.badRecords == [
        BadRecord(
          origin: Origin(file: 0, record: 1, byteOffset: 0), reason: reason, detail: detail)
      ])
    #expect(reading.texts == ["D\n\nInput: x\nOutput: y", "D\n\nInput: x\nOutput: y"])
  }

  @Test(arguments: [
    ("", BadRecord.Reason.malformedJSON, "there is nothing in it"),
    (
      #"{"Definition":["D"],"Instances":[{"input":"x""#, .malformedJSON,
      "a comma, colon, bracket or value is missing or superfluous, or it is cut off"
    ),
    ("[]", .notAnObject, "an object is wanted, this is an array"),
    (#"{"Definition":["D"]}"#, .missingField, #"the field "Instances" is missing"#),
    (
      #"{"Definition":["D"],"Instances":{}}"#, .wrongType,
      #"the field "Instances" is an object, a list is wanted"#
    ),
    (#"{"Definition":null,"Instances":[]}"#, .nullField, #"the field "Definition" is null"#),
    (
      #"{"Definition":[1],"Instances":[]}"#, .wrongType,
      #"the field "Definition" is a number, a string is wanted"#
    ),
  ])
  func badFiles(content: String, reason: BadRecord.Reason, detail: String) throws {
    let reading = try read(content)
    #expect(
      reading.badRecords == [
        BadRecord(
          origin: Origin(file: 0, record: 0, byteOffset: 0), reason: reason, detail: detail)
      ])
    #expect(reading.documents.isEmpty)
  }

  @Test func badFileLeavesItsNeighboursAlone() throws {
    let contents = [Self.version1, "{", Self.version2].map { Array($0.utf8) }
    let reading = try Reading.of(contents, format: "natural-instructions")
    #expect(reading.documents.map(\.origin.file) == [0, 0, 2, 2])
    #expect(reading.badRecords.map(\.origin.file) == [1])
  }
}
