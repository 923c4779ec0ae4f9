import CFuzzer
import Glibc

/// Something that is fed arbitrary bytes.
protocol FuzzTarget: Sendable {
  /// The name on the command line, and of the folder of seeds.
  static var name: String { get }
  init()
  /// Must come back for all bytes; a trap is a finding.
  func run(_ bytes: [UInt8])
}

/// Runs libFuzzer on the target that `$CUVEE_FUZZ_TARGET` names.
@main
enum Fuzz {
  static let targets: [any FuzzTarget.Type] = [
    JSONLinesTarget.self, FlanCoTTarget.self, NaturalInstructionsTarget.self, GzipTarget.self,
    ZstdTarget.self, FilterFileTarget.self, MixtureFileTarget.self,
  ]

  static let chosen: (any FuzzTarget)? = {
    guard let name = unsafe getenv("CUVEE_FUZZ_TARGET") else { return nil }
    let wanted = unsafe String(cString: name)
    return targets.first { $0.name == wanted }?.init()
  }()

  static func main() {
    if chosen == nil {
      print("set CUVEE_FUZZ_TARGET to one of: \(targets.map { $0.name }.joined(separator: " "))")
      exit(64)
    }
    var count = CommandLine.argc
    // libFuzzer permutes and keeps the arguments, which live as long as the process.
    var arguments = unsafe Optional(CommandLine.unsafeArgv)
    exit(
      unsafe LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        unsafe Fuzz.chosen?.run(Array(UnsafeBufferPointer(start: data, count: size)))
        return 0
      })
  }
}

/// Stops with a finding.
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}
