// swift-tools-version: 6.2
import PackageDescription

// Fuzz targets of what reads foreign bytes. `Fuzz/run` builds this with the flags that libFuzzer
// needs; the libraries are links to the project's own, so that they are instrumented too.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"), .enableExperimentalFeature("Lifetimes"),
]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
  name: "fuzz",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
  targets: [
    .systemLibrary(name: "CFuzzer"),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd"),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash"),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto"),
    .target(name: "CByteKernels"),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    library("Bytes", ["CByteKernels", "CXXHash", "CCrypto"]),
    library("Declarations", ["Bytes"]),
    library("Documents", ["Bytes"]),
    library("Streams", ["Bytes", "CZstd", "CDeflate", "CZlib"]),
    library("Readers", ["Bytes", "Declarations", "Documents", "Streams", "CSimdJSON"]),
    library(
      "MixtureFiles",
      ["Bytes", "Declarations", "Streams", .product(name: "Yams", package: "Yams")]),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Bytes", "Declarations", "Documents", "Streams", "Readers", "MixtureFiles", "CFuzzer",
      ],
      swiftSettings: settings),
  ],
  cxxLanguageStandard: .cxx17
)
