// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// A package of its own, so that nobody who uses Rome resolves what it is compared with. The entities are written without the
// macros, as the article *Entities* shows: it is the same code, and swift-syntax need not be built.
let package = Package(
  name: "rome-benchmarks",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "RomeBenchmarks", targets: ["RomeBenchmarks"]),
    // To be preloaded.
    .library(name: "BenchAllocations", type: .dynamic, targets: ["CBenchAllocations"]),
  ],
  dependencies: [
    .package(name: "rome", path: "..", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CBenchHiredis", providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]),
    .systemLibrary(name: "CBenchLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]),
    .target(name: "CBenchAllocations"),
    .target(name: "CBenchProbe"),
    .executableTarget(
      name: "RomeBenchmarks",
      dependencies: [
        "CBenchHiredis", "CBenchLMDB", "CBenchProbe",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Rome", package: "rome"),
        .product(name: "RomeLMDB", package: "rome"),
        .product(name: "RomeRedis", package: "rome"),
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6])
