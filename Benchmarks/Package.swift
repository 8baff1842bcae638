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
  dependencies: [
    .package(name: "rome", path: "..", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CBenchHiredis", providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]),
    .systemLibrary(name: "CBenchLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]),
    .executableTarget(
      name: "RomeBenchmarks",
      dependencies: [
        "CBenchHiredis", "CBenchLMDB",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Rome", package: "rome"),
        .product(name: "RomeLMDB", package: "rome"),
        .product(name: "RomeRedis", package: "rome"),
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6])
