// SPDX-License-Identifier: Apache-2.0

extension QueryPlan {
  /// The plan of what reads one table, without a query: a `get`, or the rows of a relationship.
  init(_ access: Access, resultCount: Int, _ statistics: ReadStatistics) {
    accesses = [access]
    lines = ["\(access.source): \(access.text)"]
    self.resultCount = resultCount
    self.statistics = statistics
  }
}

extension QueryPlan.Access {
  /// Reads rows by their keys.
  init(_ schema: EntitySchema, keys count: Int) {
    self.init(
      source: schema.table, index: nil, isFullScan: false, text: "read \(count) \(count == 1 ? "key" : "keys")",
      rejected: [:])
  }

  /// Reads ranges of one key space: of the rows or of an index.
  init(_ schema: EntitySchema, _ scans: [Scan]) {
    let index = scans.first?.space.index
    let isFullScan = scans.contains { $0.range == .all }
    let ranges = "\(scans.count) \(scans.count == 1 ? "range" : "ranges") of \(index ?? "primary key")"
    self.init(
      source: schema.table, index: index, isFullScan: isFullScan, text: isFullScan ? "full scan" : ranges,
      rejected: [:])
  }
}
