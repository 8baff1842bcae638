// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CatalogKit
import Foundation
import Rome

/// Loads the package database of the machine into a store, twice, and asks it questions.
@main
struct Catalog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Catalog", abstract: "Loads the package database of a Debian machine and answers questions about it.")

  @Option(help: "The package database.")
  var status = StatusFile.defaultPath

  @Option(help: "The package whose dependents are shown.")
  var package = "libc6"

  @Option(help: "How many packages a page of the listing has.")
  var pageSize = 20

  @Option(help: "How many rows are shown of an answer.")
  var rows = 10

  @Flag(inversion: .prefixedNo, help: "Show how each question is answered.")
  var explain = true

  func validate() throws {
    guard pageSize >= 1 else { throw ValidationError("The page size must be at least 1.") }
    guard rows >= 0 else { throw ValidationError("The number of rows can't be negative.") }
  }

  func run() async throws {
    let store = makeStore()
    let file = try StatusFile(path: status)
    print("\(status): \(file.packages.count) packages of \(file.architecture), \(file.notInstalled) not installed")
    try await load(file, to: store)
    let tour = Tour(session: RomeSession(store), rows: rows, showsPlans: explain)
    try await tour.sections()
    try await tour.dependents(of: package)
    try await tour.openClauses()
    try await tour.listing(pageSize: pageSize)
    try await tour.maintainers()
  }

  /// The store that the catalog lives in: in memory, gone with the process.
  private func makeStore() -> any Store {
    MemoryStore()
  }

  /// Loads the file twice: the second time there is nothing to do.
  private func load(_ file: StatusFile, to store: any Store) async throws {
    let loader = Loader(store)
    for round in ["loaded", "loaded again"] {
      let progress = ProgressLine(total: file.packages.count)
      let report = try await loader.load(file) { progress.show($0.packages) }
      progress.finish()
      let revision = try await store.snapshot().revision
      print("\(round): \(report)\(revision.map { "; the store is at revision \($0.rawValue)" } ?? "")")
    }
  }
}
