// SPDX-License-Identifier: Apache-2.0

/// The operations of the workload `bench-v1`, by their names in reports.
enum Operation: String, CaseIterable, Codable {
  case get = "b.get"
  case getMany = "b.mget100"
  case host = "c.host"
  case hostTwoColumns = "c.host2"
  case firstPage = "d.first"
  case nextPage = "d.next"
  case join = "e.join"
  case scan = "g.scan"
  case count = "h.count"
  case countHost = "h.count_host"
  case sum = "h.sum"
  case insert = "a.tx1"
  case insertMany = "a.tx1000"
  case update = "f.rmw"
  case updateHot = "f.hot8"
  case updateRandom = "f.rand8"

  /// What one execution does.
  var meaning: String {
    switch self {
    case .get: "a row by its primary key"
    case .getMany: "100 rows by primary key in one request"
    case .host: "all rows of one host (N/100), every column read"
    case .hostTwoColumns: "the same, two columns read"
    case .firstPage: "50 rows of a host, newest first"
    case .nextPage: "the same behind a marker"
    case .join: "the rows of a project with their metadata"
    case .scan: "a filter without an index"
    case .count: "how many rows there are"
    case .countHost: "how many rows a host has"
    case .sum: "a sum over the rows with deleted = 0"
    case .insert: "a transaction that inserts a row"
    case .insertMany: "a transaction that inserts 1000 rows"
    case .update: "read a row, change it, write it if nobody else has"
    case .updateHot: "the same by 8 clients on one row, per commit"
    case .updateRandom: "the same by 8 clients on random rows, per commit"
    }
  }

  /// How many rows one execution inserts.
  var insertedRows: Int {
    switch self {
    case .insert: 1
    case .insertMany: 1000
    default: 0
    }
  }

  /// How many rows one execution returns or looks at, where that grows with the number of instances; 1 elsewhere.
  func rows(of count: Int) -> Int {
    switch self {
    case .host, .hostTwoColumns: count / 100
    case .join: count * 2 / 1000
    case .scan, .sum: count
    default: 1
    }
  }

  /// Whether executions change rows.
  var isUpdate: Bool { self == .update || self == .updateHot || self == .updateRandom }
}
