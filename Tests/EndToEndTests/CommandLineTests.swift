import Foundation
import TestSupport
import Testing

/// What is said of a command line that cannot be meant.
@Suite struct CommandLineTests {
  @Test(arguments: [
    ("chekc m.yaml", "unknown command \"chekc\"; did you mean check?"),
    ("cache lst", "unknown command of cache \"lst\"; did you mean list?"),
    ("build m.yaml --otuput out", "unknown option --otuput; did you mean --output?"),
    ("check m.yaml --scale -1", "--scale -1: the value begins with \"-\""),
    ("check m.yaml --scale x", "--scale x: is not a share"),
    ("check m.yaml --scale 0", "--scale 0: must be more than 0"),
    ("check m.yaml --sample 200%", "--sample 200%: must be more than 0 and at most 100%"),
    ("check m.yaml --part-size 1x", "--part-size 1x: is not a size"),
    ("cat built --rows 5", "--rows 5: write it as in 0..10"),
    ("cat built --rows 2..1", "--rows 2..1: write it as in 0..10"),
  ])
  func aWrongCommandLineIs64(_ line: String, _ message: String) throws {
    let outcome = try Cuvee.run(line.split(separator: " ").map(String.init))
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  /// A script that asked for JSON gets JSON, whatever happens.
  @Test(arguments: [
    ("chekc --json", 64, "usage", ["unknown command \"chekc\"; did you mean check?"]),
    ("build m.yaml --json", 64, "usage", ["Missing expected argument '--output <folder>'"]),
    (
      "check nothing.yaml --json", 66, "missing_input",
      ["nothing.yaml: there is no such mixture file"]
    ),
    (
      "check bad.yaml --json", 65, "bad_data",
      [
        "bad.yaml:1:1: unknown key \"nam\"; did you mean \"name\"?",
        "bad.yaml:1:1: missing key \"name\": the name of the mixture",
      ]
    ),
  ])
  func aFailureIsJSONToo(
    _ line: String, _ status: Int32, _ kind: String, _ messages: [String]
  ) throws {
    let bench = try Workbench()
    try bench.folder.write(ErrorTests.mixture.replacing("name: t", with: "nam: t"), as: "bad.yaml")
    let outcome = try Cuvee.run(
      line.split(separator: " ").map(String.init), directory: bench.folder.path)
    #expect(outcome.status == status)
    let error = try outcome.json()["error"]
    #expect(error["kind"].string == kind)
    #expect(error["exit_code"].integer == Int(status))
    #expect(error["messages"].array.map(\.string) == messages)
    // People read the same on standard error.
    for message in messages { #expect(outcome.errors.contains(message)) }
  }
}
