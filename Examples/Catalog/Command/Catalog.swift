// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CatalogKit
import ExampleSupport
import Rome

/// Loads the package database of the machine into a store, twice, and asks it questions.
@main
struct Catalog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Catalog", abstract: "Loads the package database of a Debian machine and answers questions about it.")

  @OptionGroup var options: StoreOptions

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

  @Flag(help: "Add an index to the loaded packages while they are changed, instead of asking questions.")
  var addIndex = false

  func validate() throws {
    guard pageSize >= 1 else { throw ValidationError("The page size must be at least 1.") }
    guard rows >= 0 else { throw ValidationError("The number of rows can't be negative.") }
  }

  func run() async throws {
    let file = try StatusFile(path: status)
    print("\(status): \(file.packages.count) packages of \(file.architecture), \(file.notInstalled) not installed")
    // What an earlier run has left on a server is kept: only what has changed since then is loaded.
    try await options.withStore(of: "catalog", erasing: false) { store in
      try await load(file, to: store)
      if addIndex { return try await IndexAddition(store: store).run() }
      try await Tour(RomeSession(store), isExplaining: explain, tell: show).run(package: package, pageSize: pageSize)
    }
  }

  /// Loads the file twice: the second time there is nothing to do.
  private func load(_ file: StatusFile, to store: any Store) async throws {
    let loader = Loader(store)
    let progress = ProgressLine()
    for round in ["loaded", "loaded again"] {
      let start = ContinuousClock.now
      let report = try await loader.load(file) { report in
        let seconds = max((ContinuousClock.now - start) / .seconds(1), 0.001)
        progress.show(
          "\(report.packages) of \(file.packages.count) packages, \(Int(Double(report.packages) / seconds)) per second")
      }
      progress.finish()
      let revision = try await store.snapshot().revision
      print("\(round): \(report)\(revision.map { "; the store is at revision \($0.rawValue)" } ?? "")")
    }
  }

  private func show(_ event: Tour.Event) {
    switch event {
    case .answer(let answer):
      print("\n\(answer.title)")
      print(Table(answer.rows).text(limit: rows))
      print("  [\(answer.rows.count) rows, \(answer.costText)]")
      for line in answer.plan?.description.split(separator: "\n") ?? [] { print("    \(line)") }
    case .remark(let text):
      print("  \(text)")
    }
  }
}
