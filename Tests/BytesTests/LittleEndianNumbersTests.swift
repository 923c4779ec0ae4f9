import Bytes
import Testing

struct LittleEndianNumbersTests {
  @Test(arguments: [2, 4])
  func numbersAsOneByOne(width: Int) {
    let numbers: [UInt32] = [0, 1, 255, 256, 65535, 65536, 0x0102_0304, .max]
    for count in 0...numbers.count {
      var expected: [UInt8] = [9]
      for number in numbers.prefix(count) {
        for byte in 0..<width { expected.append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
      }
      var bytes: [UInt8] = [9]
      bytes.appendLittleEndian(Array(numbers.prefix(count)).span, width: width)
      #expect(bytes == expected)
    }
  }
}
