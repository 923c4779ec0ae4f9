// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is built in Swift 6 mode, with strict memory safety, and a warning is an error.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

/// The library targets in the order of the data's way; each may depend only on those above it.
/// `Tests/LayoutTests` holds this table against the imports.
let libraries: [(name: String, dependencies: [Target.Dependency])] = [
  ("Bytes", ["CByteKernels", "CXXHash", "CCrypto"]),
  ("Declarations", ["Bytes"]),
  ("Documents", ["Bytes"]),
  ("Streams", ["Bytes", "CZstd", "CDeflate", "CZlib"]),
  ("Readers", ["Bytes", "Declarations", "Documents", "Streams", "CSimdJSON"]),
  ("Filters", ["Bytes", "Declarations", "Documents", "CTextKernels"]),
  ("Deduplication", ["Bytes", "Declarations", "Documents", "Streams"]),
  ("Tokenizers", ["Bytes", "Declarations", "CByteKernels", "CPCRE2"]),
  ("Mixing", ["Bytes", "Declarations"]),
  ("Shards", ["Bytes", "Declarations", "Streams"]),
  ("MixtureFiles", ["Bytes", "Declarations", "Streams", .product(name: "Yams", package: "Yams")]),
  (
    "Pipeline",
    [
      "Bytes", "Declarations", "Documents", "Streams", "Readers", "Filters", "Deduplication",
      "Tokenizers", "Mixing", "Shards", "MixtureFiles",
    ]
  ),
]

/// A system library found by its module map, installed by `Scripts/install-dependencies`.
func system(_ name: String, _ pkgConfig: String, _ package: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

let package = Package(
  name: "cuvee",
  products: [.executable(name: "cuvee", targets: ["cuvee"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    system("CZstd", "libzstd", "libzstd-dev"),
    system("CDeflate", "libdeflate", "libdeflate-dev"),
    system("CZlib", "zlib", "zlib1g-dev"),
    system("CXXHash", "libxxhash", "libxxhash-dev"),
    system("CCrypto", "libcrypto", "libssl-dev"),
    system("CPCRE2", "libpcre2-8", "libpcre2-dev"),
    .target(name: "CByteKernels"),
    .target(name: "CTextKernels", dependencies: ["CByteKernels"]),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
  ]
    + libraries.map {
      .target(name: $0.name, dependencies: $0.dependencies, swiftSettings: settings)
    }
    + [
      .executableTarget(
        name: "cuvee",
        dependencies: [
          "Bytes", "Declarations", "Streams", "Tokenizers", "Shards", "MixtureFiles", "Pipeline",
          .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: settings),
      .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    ]
    + libraries.map {
      .testTarget(
        name: "\($0.name)Tests", dependencies: [.init(stringLiteral: $0.name), "TestSupport"],
        exclude: ["Filters", "Tokenizers"].contains($0.name) ? ["Fixtures"] : [],
        swiftSettings: settings)
    }
    + [
      .testTarget(name: "LayoutTests", dependencies: ["TestSupport"], swiftSettings: settings),
      .testTarget(
        name: "EndToEndTests", dependencies: ["TestSupport", "cuvee"], swiftSettings: settings),
    ],
  cxxLanguageStandard: .cxx17
)
