import Bytes
import Testing

@Suite struct LittleEndianTests {
  @Test func theLeastSignificantByteComesFirst() {
    var bytes: [UInt8] = []
    bytes.appendLittleEndian(UInt8(0x01))
    bytes.appendLittleEndian(UInt16(0x0203))
    bytes.appendLittleEndian(UInt32(0x0405_0607))
    bytes.appendLittleEndian(UInt64(0x0809_0A0B_0C0D_0E0F))
    bytes.appendLittleEndian(Int16(-2))
    #expect(
      bytes == [
        0x01, 0x03, 0x02, 0x07, 0x06, 0x05, 0x04, 0x0F, 0x0E, 0x0D, 0x0C, 0x0B, 0x0A, 0x09, 0x08,
        0xFE, 0xFF,
      ])
  }

  @Test func readsAtAnyOffset() {
    var random = testRandom("offsets")
    for _ in 0..<500 {
      var bytes = (0..<random.below(9)).map { UInt8($0) }
      let offset = bytes.count
      let value = random.next()
      bytes.appendLittleEndian(value)
      bytes.append(0xFF)
      #expect(bytes.loadLittleEndian(UInt64.self, at: offset) == value)
      #expect(bytes.span.loadLittleEndian(UInt64.self, at: offset) == value)
      #expect(
        bytes.loadLittleEndian(UInt32.self, at: offset + 4)
          == UInt32(truncatingIfNeeded: value >> 32))
      #expect(bytes.loadLittleEndian(UInt16.self, at: offset) == UInt16(truncatingIfNeeded: value))
      #expect(
        bytes.loadLittleEndian(Int64.self, at: offset) == Int64(bitPattern: value))
    }
  }

  @Test func appendsSpansAndPartsOfThem() {
    let source: [UInt8] = [1, 2, 3, 4, 5]
    var bytes: [UInt8] = [0]
    bytes.append(source.span)
    bytes.append(source.span, from: 1, to: 3)
    bytes.append(source.span, from: 5, to: 5)
    bytes.append([UInt8]().span)
    #expect(bytes == [0, 1, 2, 3, 4, 5, 2, 3])
  }
}
