import Bytes
import Documents
import Testing

@Suite struct EditCodeTests {
  @Test func bytesAreAsDescribed() {
    var list = EditList()
    list.append(of: 1, [(2, 300, [0x61, 0x62]), (400, 0, [0x63])])
    var code: [UInt8] = []
    EditCode.append(of: 0, list, to: &code)
    #expect(code.isEmpty)
    EditCode.append(of: 1, list, to: &code)
    #expect(code == [2, 0xAC, 0x02, 2, 0x61, 0x62, 0x90, 0x03, 0, 1, 0x63])
    #expect(EditCode.count(code.span) == 2)
  }

  @Test(arguments: 0..<50) func codeAppliesAsTheListDoes(ordinal: Int) {
    var random = StableRandom(seed: UInt64(ordinal), purpose: "edits")
    let original = (0..<random.below(500)).map { _ in UInt8(random.below(128)) }
    var edits: [(offset: Int, length: Int, replacement: [UInt8])] = []
    var position = 0
    while position < original.count {
      let offset = position + random.below(40)
      let length = random.below(200)
      if offset + length > original.count { break }
      edits.append((offset, length, (0..<random.below(4)).map { _ in UInt8(random.below(128)) }))
      position = offset + length + 1
    }
    var list = EditList()
    list.append(of: 0, edits)
    var code: [UInt8] = []
    EditCode.append(of: 0, list, to: &code)
    var wanted: [UInt8] = []
    list.apply(of: 0, to: original.span, into: &wanted)
    #expect(EditCode.apply(code.span, to: original.span) == wanted)
    #expect(EditCode.count(code.span) == edits.count)
  }

  /// Random bytes give a text or nil, and what does not fit a text gives nil.
  @Test func otherBytesAreNoEdits() {
    var random = StableRandom(seed: 1, purpose: "noise")
    let original = [UInt8](repeating: 0x61, count: 50)
    for _ in 0..<5000 {
      let code = (0..<random.below(12)).map { _ in UInt8(random.below(256)) }
      if let text = EditCode.apply(code.span, to: original.span) { #expect(text.count <= 62) }
    }
    #expect(EditCode.apply([51, 0, 0].span, to: original.span) == nil)
    #expect(EditCode.apply([0, 51, 0].span, to: original.span) == nil)
    #expect(EditCode.apply([9, 0, 0, 8, 0, 0].span, to: original.span) == nil)
    #expect(EditCode.apply([0, 0, 2, 1].span, to: original.span) == nil)
    #expect(EditCode.apply([0x80].span, to: original.span) == nil)
  }
}
