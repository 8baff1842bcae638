// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova

extension NovaDatabase {
  /// Writes rows past the functions, in one transaction.
  func write(_ entities: [any Entity]) async throws {
    let session = RomeSession(store)
    session.addAll(entities)
    try await session.commit()
  }

  /// The numbers of the instances that filters leave, in their order.
  func numbers(
    _ context: NovaContext = .admin, limit: Int? = nil, marker: Int? = nil, sortKeys: [String] = ["id"],
    sortDirections: [SortDirection] = [.ascending], _ filter: (inout InstanceFilters) -> Void = { _ in }
  ) async throws -> [Int] {
    var filters = InstanceFilters()
    filter(&filters)
    return try await instanceGetAllByFiltersSort(
      context, filters: filters, limit: limit, marker: marker.map { testUUID($0) }, joins: [], sortKeys: sortKeys,
      sortDirections: sortDirections
    ).numbers
  }
}

/// The UUID of the instance with a number.
func testUUID(_ number: Int) -> String {
  let digits = String(number)
  return "00000000-0000-0000-0000-" + String(repeating: "0", count: 12 - digits.count) + digits
}

/// A time in seconds.
func testTime(_ seconds: Int) -> Date { Date(timeIntervalSince1970: 1_456_833_600 + Double(seconds)) }

extension Instance {
  /// The instance with a number, which was created at the second of that number.
  convenience init(_ number: Int, _ assign: (Instance) -> Void = { _ in }) {
    self.init(uuid: testUUID(number))
    id = number
    createdAt = testTime(number)
    projectID = "p1"
    assign(self)
  }

  /// Makes it a deleted one.
  func markDeleted() {
    deleted = id ?? 0
    deletedAt = createdAt
  }
}

extension [NovaRow<Instance>] {
  /// The numbers of the instances.
  var numbers: [Int] { compactMap(\.id) }
}
