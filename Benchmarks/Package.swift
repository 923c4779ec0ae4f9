// swift-tools-version: 6.2
import PackageDescription

// Benchmarks of parts that no command runs by itself. The libraries are links to the project's own.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"), .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
  name: "benchmarks",
  targets: [
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash"),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto"),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8"),
    .target(name: "CByteKernels"),
    .target(
      name: "Bytes", dependencies: ["CByteKernels", "CXXHash", "CCrypto"], swiftSettings: settings),
    .target(name: "Declarations", dependencies: ["Bytes"], swiftSettings: settings),
    .target(
      name: "Tokenizers", dependencies: ["Bytes", "Declarations", "CByteKernels", "CPCRE2"],
      swiftSettings: settings),
    .target(name: "Mixing", dependencies: ["Bytes", "Declarations"], swiftSettings: settings),
    .executableTarget(
      name: "OrderBenchmark", dependencies: ["Bytes", "Mixing"], swiftSettings: settings),
    .executableTarget(
      name: "TokenizerBenchmark", dependencies: ["Bytes", "Tokenizers"], swiftSettings: settings),
  ])
