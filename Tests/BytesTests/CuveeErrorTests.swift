import Bytes
import Testing

@Suite struct CuveeErrorTests {
  // The numbers are those of sysexits.h: EX_DATAERR, EX_NOINPUT, EX_IOERR.
  @Test(
    arguments: [
      (CuveeError.failed("x"), 1), (.badData("x"), 65), (.missingInput("x"), 66), (.io("x"), 74),
    ] as [(CuveeError, Int32)])
  func kindsAreExitCodes(_ error: CuveeError, _ code: Int32) {
    #expect(error.kind.rawValue == code)
    #expect(error.description == "x")
  }
}
