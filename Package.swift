// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import CompilerPluginSupport
import PackageDescription

/// The upcoming language features that every target builds with.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
  name: "rome",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "Rome", targets: ["Rome"]),
    .library(name: "RomeGlance", targets: ["RomeGlance"]),
    .library(name: "RomeLMDB", targets: ["RomeLMDB"]),
    .library(name: "RomeNova", targets: ["RomeNova"]),
    .library(name: "RomeRedis", targets: ["RomeRedis"]),
    .library(name: "RomeTesting", targets: ["RomeTesting"]),
  ],
  traits: [
    .trait(name: "Macros", description: "The @Entity macros. Without it, Rome builds without swift-syntax."),
    .default(enabledTraits: ["Macros"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
    .package(url: "https://github.com/swiftlang/swift-syntax", "602.0.0"..<"604.0.0"),
  ],
  targets: [
    .target(
      name: "Rome",
      dependencies: [
        .product(name: "Logging", package: "swift-log"),
        .target(name: "RomeMacros", condition: .when(traits: ["Macros"])),
      ],
      swiftSettings: settings),
    .macro(
      name: "RomeMacros",
      dependencies: [
        .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
        .product(name: "SwiftDiagnostics", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftSyntaxBuilder", package: "swift-syntax"),
        .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
      ],
      swiftSettings: settings),
    .systemLibrary(
      name: "CHiredis", providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]),
    .target(
      name: "RomeRedis", dependencies: ["CHiredis", "Rome", .product(name: "Logging", package: "swift-log")],
      swiftSettings: settings),
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]),
    .target(name: "RomeLMDB", dependencies: ["CLMDB", "Rome"], swiftSettings: settings),
    .target(name: "RomeTesting", dependencies: ["Rome"], swiftSettings: settings),
    .target(
      name: "ExampleSupport",
      dependencies: [
        "Rome", "RomeLMDB", "RomeRedis", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/Support/Program", swiftSettings: settings),
    .target(name: "RomeGlance", dependencies: ["Rome"], swiftSettings: settings),
    .target(name: "RomeNova", dependencies: ["Rome"], swiftSettings: settings),
    .executableTarget(
      name: "Quickstart",
      dependencies: [
        "ExampleSupport", "Rome", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/Quickstart", exclude: ["README.md"], swiftSettings: settings),
    .executableTarget(
      name: "Dogs",
      dependencies: [
        "ExampleSupport", "Rome", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/Dogs", exclude: ["README.md"], swiftSettings: settings),
    .target(name: "CatalogKit", dependencies: ["Rome"], path: "Examples/Catalog/Kit", swiftSettings: settings),
    .executableTarget(
      name: "Catalog",
      dependencies: [
        "CatalogKit", "ExampleSupport", "Rome", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/Catalog/Command", swiftSettings: settings),
    .testTarget(
      name: "CatalogTests",
      dependencies: ["Catalog", "CatalogKit", "RedisTestSupport", "Rome", "RomeLMDB", "RomeRedis", "RomeTesting"],
      path: "Examples/Catalog/Tests", swiftSettings: settings),
    .target(name: "BankKit", dependencies: ["Rome"], path: "Examples/Bank/Kit", swiftSettings: settings),
    .executableTarget(
      name: "Bank",
      dependencies: [
        "BankKit", "ExampleSupport", "Rome", "RomeRedis",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/Bank/Command", swiftSettings: settings),
    .testTarget(
      name: "BankTests",
      dependencies: ["BankKit", "ExampleSupport", "RedisTestSupport", "Rome", "RomeRedis", "RomeTesting"],
      path: "Examples/Bank/Tests", swiftSettings: settings),
    .target(name: "CloudKit", dependencies: ["RomeNova"], path: "Examples/CloudStory/Kit", swiftSettings: settings),
    .executableTarget(
      name: "CloudStory",
      dependencies: [
        "CloudKit", "ExampleSupport", "Rome", "RomeNova",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/CloudStory/Command", swiftSettings: settings),
    .testTarget(
      name: "CloudTests", dependencies: ["CloudKit", "Rome", "RomeNova", "StoreTestSupport"],
      path: "Examples/CloudStory/Tests", swiftSettings: settings),
    .target(
      name: "TortureKit", dependencies: ["RedisTestSupport", "Rome", "RomeLMDB", "RomeRedis", "RomeTesting"],
      path: "Examples/Torture/Kit", swiftSettings: settings),
    .executableTarget(
      name: "Torture",
      dependencies: ["TortureKit", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Examples/Torture/Command", swiftSettings: settings),
    .testTarget(
      name: "TortureTests", dependencies: ["Rome", "RomeTesting", "TortureKit"], path: "Examples/Torture/Tests",
      swiftSettings: settings),
    .target(name: "JSONService", path: "Examples/Support/Service", swiftSettings: settings),
    .target(
      name: "HTTPService",
      dependencies: [
        "Rome",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Examples/Support/HTTP", swiftSettings: settings),
    .target(
      name: "ServerSupport",
      dependencies: [
        "HTTPService", "Rome", "RomeLMDB", "RomeRedis",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Examples/Support/Server", swiftSettings: settings),
    .target(
      name: "HTTPTestSupport",
      dependencies: [
        "HTTPService", "JSONService",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Examples/Support/Tests/Testing", swiftSettings: settings),
    .testTarget(
      name: "JSONServiceTests", dependencies: ["HTTPTestSupport", "JSONService", "RomeTesting"],
      path: "Examples/Support/Tests/JSON", swiftSettings: settings),
    .testTarget(
      name: "HTTPServiceTests", dependencies: ["HTTPService", "HTTPTestSupport", "RomeTesting"],
      path: "Examples/Support/Tests/HTTP", swiftSettings: settings),
    .testTarget(
      name: "ServerSupportTests", dependencies: ["RedisTestSupport", "Rome", "ServerSupport"],
      path: "Examples/Support/Tests/Server", swiftSettings: settings),
    .target(
      name: "GlanceRegistryKit", dependencies: ["HTTPService", "JSONService", "Rome", "RomeGlance"],
      path: "Examples/GlanceRegistry/Kit", swiftSettings: settings),
    .executableTarget(
      name: "GlanceRegistry",
      dependencies: [
        "GlanceRegistryKit", "RomeGlance", "ServerSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/GlanceRegistry/Command", swiftSettings: settings),
    .testTarget(
      name: "GlanceRegistryTests",
      dependencies: [
        "GlanceRegistryKit", "HTTPService", "HTTPTestSupport", "JSONService", "Rome", "RomeGlance", "RomeTesting",
      ],
      path: "Examples/GlanceRegistry/Tests", swiftSettings: settings),
    .target(
      name: "NovaDatabaseKit", dependencies: ["JSONService", "Rome", "RomeNova"],
      path: "Examples/NovaDatabase/Kit", swiftSettings: settings),
    .target(
      name: "NovaDatabaseServer", dependencies: ["HTTPService", "JSONService", "NovaDatabaseKit", "Rome", "RomeNova"],
      path: "Examples/NovaDatabase/Server", swiftSettings: settings),
    .executableTarget(
      name: "NovaDatabase",
      dependencies: [
        "NovaDatabaseKit", "NovaDatabaseServer", "RomeNova", "ServerSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Examples/NovaDatabase/Command", swiftSettings: settings),
    .testTarget(
      name: "NovaDatabaseTests",
      dependencies: [
        "HTTPService", "HTTPTestSupport", "JSONService", "NovaDatabaseKit", "NovaDatabaseServer", "Rome", "RomeNova",
        "RomeTesting", "StoreTestSupport",
      ],
      path: "Examples/NovaDatabase/Tests", swiftSettings: settings),
    .testTarget(
      name: "RomeMacrosTests",
      dependencies: [
        "RomeMacros",
        .product(name: "SwiftDiagnostics", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftSyntaxBuilder", package: "swift-syntax"),
        .product(name: "SwiftSyntaxMacroExpansion", package: "swift-syntax"),
        .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
        .product(name: "SwiftSyntaxMacrosGenericTestSupport", package: "swift-syntax"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "RomeTests",
      dependencies: ["RedisTestSupport", "Rome", "RomeLMDB", "RomeRedis", "RomeTesting", "StoreTestSupport"],
      swiftSettings: settings),
    .systemLibrary(name: "CSQLite", path: "Tests/CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .testTarget(
      name: "RomeDifferentialTests",
      dependencies: ["CSQLite", "RedisTestSupport", "Rome", "RomeLMDB", "RomeRedis", "RomeTesting"],
      swiftSettings: settings),
    .executableTarget(
      name: "LMDBPeer", dependencies: ["Rome", "RomeLMDB"], path: "Tests/LMDBPeer", swiftSettings: settings),
    .testTarget(
      name: "RomeLMDBTests",
      dependencies: ["CLMDB", "LMDBPeer", "Rome", "RomeLMDB", "RomeTesting", "StoreTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RomeRedisTests",
      dependencies: [
        "RedisTestSupport", "Rome", "RomeRedis", "RomeTesting", .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .target(name: "RedisTestSupport", path: "Tests/RedisTestSupport", swiftSettings: settings),
    .testTarget(name: "RedisTestSupportTests", dependencies: ["RedisTestSupport"], swiftSettings: settings),
    .testTarget(
      name: "RomeGlanceTests",
      dependencies: ["RedisTestSupport", "Rome", "RomeGlance", "RomeRedis", "RomeTesting", "StoreTestSupport"],
      swiftSettings: settings),
    .target(
      name: "StoreTestSupport", dependencies: ["RedisTestSupport", "Rome", "RomeLMDB", "RomeRedis"],
      path: "Tests/StoreTestSupport", swiftSettings: settings),
    .testTarget(
      name: "RomeNovaTests", dependencies: ["Rome", "RomeNova", "RomeTesting", "StoreTestSupport"],
      swiftSettings: settings),
    .testTarget(name: "RomeTestingTests", dependencies: ["Rome", "RomeTesting"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6])
