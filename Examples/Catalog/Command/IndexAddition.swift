// SPDX-License-Identifier: Apache-2.0

import CatalogKit
import ExampleSupport
import Rome
import Synchronization

/// The packages as a later version of the program declares them: with an index of their priorities.
private final class RankedPackage: Entity {
  static let schema = EntitySchema(
    table: Package.schema.table, columns: Package.schema.columns, primaryKey: ["id"],
    indexes: Package.schema.indexes.map(\.description) + [.index("priority")],
    foreignKeys: Package.schema.foreignKeys.map(\.description))
  static var priority: Column<RankedPackage, String?> { Column(Package.schema.position(of: "priority") ?? 0) }

  let entityState: EntityState

  init(entityState: EntityState) {
    self.entityState = entityState
  }
}

/// Adds an index to the packages that are there already, while somebody else changes them. What an earlier run has left unfinished
/// is finished; what it has finished is dropped first.
struct IndexAddition {
  let store: any Store

  func run() async throws {
    if try await build(isNew: false) == 0 {
      try await drop()
      try await explain("declared, and not built")
      try await build(isNew: true)
    }
    try await explain("built")
    print(try await store.verify())
  }

  private func drop() async throws {
    let progress = ProgressLine()
    let dropped = try await store.dropUnusedIndexes(keeping: [Package.self]) { step in
      progress.show("dropping \(step.index) " + bar(step.removedEntries, of: step.totalEntries))
    }
    progress.finish()
    for index in dropped { print("dropped \(index.index) with \(index.removedEntries) entries") }
  }

  /// Builds what is not built, while another session writes.
  ///
  /// - Parameter isNew: Whether the index is new; else it is one that an earlier run has left, if there is any.
  /// - Returns: How many indexes were built.
  @discardableResult
  private func build(isNew: Bool) async throws -> Int {
    let progress = ProgressLine()
    let writer = Writer(store, try await RomeSession(store).query(Package.self).all().compactMap(\.id))
    let writing = Task { isNew ? try await writer.run() : 0 }
    var first: IndexProgress?
    do {
      let built = try await store.buildIndexes(batchSize: 20) { step in
        first = first ?? step
        progress.show("building \(step.index) " + bar(step.finishedRows, of: step.totalRows))
      }
      progress.finish()
      let count = try await writer.stop(writing)
      if isNew {
        print("built \(built) index while another session committed \(count) changes")
      } else if built > 0 {
        print("an earlier run has left an index; its next batch ended at row \(first?.finishedRows ?? 0)")
      }
      return built
    } catch {
      progress.finish()
      _ = try? await writer.stop(writing)
      throw error
    }
  }

  /// Shows how a question about priorities is answered.
  private func explain(_ state: String) async throws {
    let query = RomeSession(store).query(RankedPackage.self).filter(RankedPackage.priority == "required")
    let count = try await query.count()
    print("\nthe index is \(state): \(count) required packages")
    for line in try await query.explain().description.split(separator: "\n") { print("    \(line)") }
  }

  private func bar(_ done: Int, of total: Int) -> String {
    let width = 40
    let filled = total == 0 ? width : width * done / total
    return "[" + String(repeating: "#", count: filled) + String(repeating: " ", count: width - filled)
      + "] \(done) of \(total)"
  }
}

/// Gives packages another priority, and back again, until it is stopped.
private final class Writer: Sendable {
  private let store: any Store
  private let keys: [Int]
  private let isStopped = Mutex(false)

  init(_ store: any Store, _ keys: [Int]) {
    self.store = store
    self.keys = keys
  }

  /// - Returns: How many changes were committed.
  func run() async throws -> Int {
    var count = 0
    for key in keys {
      if isStopped.withLock({ $0 }) { break }
      let before = try await change(key, to: "extra")
      try await change(key, to: before)
      count += 2
    }
    return count
  }

  /// Ends the task of ``run()`` behind the change that it is at.
  func stop(_ task: Task<Int, any Error>) async throws -> Int {
    isStopped.withLock { $0 = true }
    return try await task.value
  }

  @discardableResult
  private func change(_ key: Int, to priority: String?) async throws -> String? {
    try await RomeSession(store).transaction { session in
      guard let package = try await session.get(Package.self, key) else { return nil }
      let before = package.priority
      package.priority = priority
      return before
    }
  }
}
