// SPDX-License-Identifier: Apache-2.0

import Rome

extension RomeQuery where Row: NovaModel {
  /// The rows in the order of their numbers: what a database answers to a query that names no order, and what Nova's callers
  /// have come to expect.
  func byKey() -> RomeQuery<Row> {
    Row.schema.primaryKey.reduce(self) { query, position in query.order(by: Row.schema.columns[position].name) }
  }

  /// The rows that the query finds, by number, as values.
  func rows() async throws(RomeError) -> [NovaRow<Row>] {
    try await byKey().all().map { NovaRow($0) }
  }
}
