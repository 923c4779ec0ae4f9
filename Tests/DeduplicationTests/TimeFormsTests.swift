import Bytes
import Deduplication
import Testing

/// Which times may stand beside each other under `keep: newest`.
@Suite struct TimeFormsTests {
  private func forms(_ times: [String]) -> TimeForms {
    var forms = TimeForms()
    for (record, time) in times.enumerated() {
      let bytes = Array(time.utf8)
      forms.add(bytes.span, file: 0, record: UInt64(record))
    }
    return forms
  }

  /// All of these are in the order of their texts, which is what C4 compares.
  @Test(arguments: [
    ["2019-04-25T12:57:54Z", "2020-01-01T00:00:00Z", "", "2021-01-01T00:00:00.25+02:00"],
    ["20190425125754", "20200101000000"],
    ["2019-04-25", "2019-04-25T12:57:54Z", "2018"],
    ["1556197074", "1556197075"],
    ["", "unknown"],
  ])
  func oneFormHasAnOrder(times: [String]) {
    #expect(forms(times).contradiction == nil)
  }

  @Test(arguments: [
    ("2024-06-15T08:00:00Z", "20240101000000"),
    ("2024-06-15T08:00:00Z", "2024-06-15 08:00:00"),
    ("2024-06-15", "15/06/2024"),
    ("20240615", "20240615080000"),
    ("1556197074", "2019-04-25T12:57:54Z"),
  ])
  func twoFormsHaveNone(first: String, second: String) throws {
    let found = try #require(forms([first, first, "", second, first]).contradiction)
    #expect(found.0.time == first && found.0.record == 0)
    #expect(found.1.time == second && found.1.record == 3)
    // The same whichever part is first.
    var parts = forms([second])
    parts.add(forms([first]))
    #expect(parts.contradiction != nil)
  }

  @Test func formsAreFewHoweverManyTimesThereAre() {
    let odd = (0..<1000).map { String(repeating: "x", count: $0 % 60) + "\($0)" }
    #expect(forms(odd).examples.count <= 8)
  }
}
