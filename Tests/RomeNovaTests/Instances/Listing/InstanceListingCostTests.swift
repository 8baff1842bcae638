// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeTesting
import StoreTestSupport
import Testing
@testable import RomeNova

/// What listings of a cloud with 10,000 instances read.
@Suite struct InstanceListingCostTests {
  /// 20 projects, 100 hosts with two nodes each, every tenth instance deleted, every hundredth being rebooted.
  private func cloud() async throws -> (nova: NovaDatabase, store: FaultyStore) {
    let (nova, store) = try await TestStoreKind.memory.countedNova()
    for first in stride(from: 1, to: 10_000, by: 1000) {
      try await nova.write(
        (first..<first + 1000).map { number in
          Instance(number) {
            ($0.projectID, $0.host, $0.node) = ("p\(number % 20)", "h\(number % 100)", "n\(number % 200)")
            $0.updatedAt = testTime(number)
            $0.taskState = number % 100 == 50 ? "rebooting" : nil
            if number % 10 == 3 { $0.markDeleted() }
          }
        })
    }
    try await nova.write((1...30).map { Tag(resourceID: testUUID($0 * 20), tag: "t") })
    return (nova, store)
  }

  /// A page with conditions that no index proves is read in pieces of 64 rows; its marker is a row more.
  private static let page = 65

  @Test
  func `A page reads what is on it, through the index of its filters`() async throws {
    let (nova, store) = try await cloud()
    func expect(
      _ index: String?, rows: Int, limit: Int? = 20, marker: Int? = nil, context: NovaContext = .admin,
      sourceLocation: SourceLocation = #_sourceLocation, _ filter: (inout InstanceFilters) -> Void = { _ in }
    ) async throws {
      var filters = InstanceFilters()
      filter(&filters)
      let marker = marker.map { testUUID($0) }
      let query = try await NovaCall(nova, context).instances(
        filters, NovaSorting([], [], fallback: .descending), limit: limit, after: marker)
      let plan = try await query.explain()
      #expect(plan.accesses.contains { $0.index == index }, "\(plan)", sourceLocation: sourceLocation)
      store.resetCounts()
      _ = try await nova.instanceGetAllByFiltersSort(
        context, filters: filters, limit: limit, marker: marker, joins: [])
      let read = store.counts
      #expect(read.rows <= rows && read.entries <= 2 * rows, "\(read)", sourceLocation: sourceLocation)
    }
    try await expect("ix_project_id_deleted_created_at", rows: Self.page) {
      $0.projectID = .equals("p4")
      $0.deleted = false
    }
    try await expect("ix_project_id_deleted_created_at", rows: Self.page, marker: 5004, context: .of("p4")) {
      $0.deleted = false
    }
    try await expect("ix_project_id_deleted_created_at", rows: 500, limit: nil) { $0.projectID = .equals("p3") }
    try await expect("ix_deleted_created_at", rows: Self.page, marker: 5004) { $0.deleted = false }
    try await expect("ix_created_at", rows: Self.page)
    try await expect("ix_host_deleted_created_at", rows: Self.page) {
      $0.host = .equals("h4")
      $0.deleted = false
    }
    try await expect("ix_host_cleaned_deleted", rows: 100) {
      $0.host = .equals("h3")
      $0.deleted = true
      $0.softDeleted = false
      $0.cleaned = false
    }
    try await expect("uq_uuid", rows: 3) { $0.uuid = .anyOf([1, 2, 3].map { testUUID($0) }) }
    try await expect("ix_task_state_updated_at", rows: 100) { $0.taskState = .equals("rebooting") }
    try await expect("ix_updated_at_project_id", rows: 11) { $0.changesSince = testTime(9990) }
    try await expect("ix_project_id_deleted_created_at", rows: Self.page) {
      $0.changesSince = testTime(5000)
      $0.projectID = .equals("p4")
      $0.deleted = false
    }
    try await expect("ix_tag", rows: 30) { $0.tags = ["t"] }
    try await expect("ix_project_id_deleted_created_at", rows: Self.page) {
      $0.projectID = .equals("p4")
      $0.deleted = false
      $0.patterns = ["uuid": "4$"]
    }
  }

  @Test
  func `Hosts, nodes, states and windows have an index`() async throws {
    let (nova, store) = try await cloud()
    func read(_ work: () async throws -> [NovaRow<Instance>]) async throws -> (found: Int, rows: Int) {
      store.resetCounts()
      return (try await work().count, store.counts.rows)
    }
    #expect(try await read { try await nova.instanceGetAllByHost(.admin, host: "h4", joins: []) } == (100, 100))
    #expect(
      try await read { try await nova.instanceGetAllByHostAndNode(.admin, host: "h4", node: "n4", joins: []) }
        == (50, 50))
    let at = nova.at(testTime(10_050))
    #expect(try await read { try await at.instanceGetAllHungInRebooting(.admin, rebootWindow: 9000) } == (11, 11))
    let page = try await read {
      try await nova.instanceGetActiveByWindowJoined(
        .admin, begin: testTime(0), joins: [], limit: 20, marker: testUUID(4))
    }
    #expect(page.found == 20 && page.rows <= Self.page)
  }

  @Test
  func `What belongs to instances costs one query a table, however many they are`() async throws {
    let (nova, store) = try await TestStoreKind.memory.countedNova()
    for number in 1...40 {
      let link = SecurityGroupInstanceAssociation()
      (link.instanceUUID, link.securityGroupID) = (testUUID(number), 1)
      try await nova.write([Instance(number), link, InstanceInfoCache(instanceUUID: testUUID(number))])
    }
    let group = SecurityGroup()
    group.id = 1
    try await nova.write([group])
    var trips: [Int] = []
    for limit in [1, 1, 40] {
      store.resetCounts()
      let listed = try await nova.instanceGetAllByFilters(.admin, filters: InstanceFilters(), limit: limit)
      #expect(listed.count == limit && listed.allSatisfy { $0[Instance.securityGroups]?.count == 1 })
      trips.append(store.counts.roundTrips)
    }
    // The first call has also opened the tables.
    #expect(trips[1] == 6 && trips[2] == 6)
  }
}
