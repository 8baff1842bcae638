// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// Fuzzing of what reads bytes of others. It is a package of its own because everything in it is built with libFuzzer, Rome too;
/// `Scripts/fuzz` builds and runs it.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "rome", path: "..", traits: [])],
  targets: [
    .executableTarget(
      name: "FuzzDecoders",
      dependencies: [.product(name: "Rome", package: "rome"), .product(name: "RomeRedis", package: "rome")],
      path: "Decoders", swiftSettings: [.unsafeFlags(["-parse-as-library"])])
  ],
  swiftLanguageModes: [.v6])
