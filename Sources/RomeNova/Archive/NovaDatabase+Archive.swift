// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// What was archived.
public struct ArchivedRows: Hashable, Sendable {
  /// How many rows of each table, by its name; tables of which none was are not there.
  public var counts: [String: Int] = [:]
  /// The UUIDs of the instances among them. Nova tells of them since Pike.
  public var instanceUUIDs: [String] = []
  /// How many rows in all. Nova tells it since Train.
  public var total: Int { counts.values.reduce(0, +) }

  /// Nothing.
  public init() {}
}

extension NovaDatabase {
  /// Moves deleted rows to the shadows of their tables, ``Shadow``: soft-deleted ones, and, since Newton, what belongs to
  /// a deleted instance, whether it was deleted itself or not. A row that another one refers to stays.
  ///
  /// The rows move in small transactions: nobody ever sees one twice or not at all, and a call that fails half-way has
  /// moved whole batches. Two callers at the same time share the work.
  ///
  /// - Parameters:
  ///   - context: Who calls. Mitaka has no such parameter.
  ///   - maxRows: How many rows at most; nil for all.
  ///   - before: Only what was deleted before that time; nil for all. Nova has it since Train.
  /// - Returns: What was moved.
  public func archiveDeletedRows(
    _ context: NovaContext, maxRows: Int? = nil, before: Date? = nil
  ) async throws(NovaError) -> ArchivedRows {
    var result = ArchivedRows()
    var left = maxRows ?? .max
    for table in ArchivedTable.all {
      if left <= 0 { break }
      let moved = try await table.move(self, context, limit: left, before: before)
      if moved.count > 0 { result.counts[table.name] = moved.count }
      result.instanceUUIDs += moved.instanceUUIDs
      left -= moved.count
    }
    return result
  }
}
