// SPDX-License-Identifier: Apache-2.0

import CloudKit
import Foundation
import Rome
import RomeNova

/// Tells what is done, what is asked, and what comes back.
struct Story {
  let nova: NovaDatabase

  init(_ nova: NovaDatabase) {
    self.nova = nova
  }

  func open() async throws -> Cloud {
    chapter("Three hosts, a flavor, and a network with fourteen addresses of which the gateway has one")
    let cloud = try await Cloud(nova)
    for node in try await nova.computeNodeGetAll(Cloud.operator) {
      print("\(node.host ?? "-"): \(node.vcpus) cores, \(node.memoryMB) MB")
    }
    let reserved = try await nova.networkCountReservedIPs(Cloud.operator, id: cloud.networkID)
    print(
      "\(cloud.flavor.name ?? "-"): \(cloud.flavor.vcpus) cores, \(cloud.flavor.memoryMB) MB; \(reserved) address reserved"
    )
    return cloud
  }

  func startServers(in cloud: Cloud) async throws {
    chapter("Ten servers are started at the same time: addresses and quota are given out once, without a lock")
    let requests = (0..<10).map { number in
      ServerRequest(
        name: number < 7 ? "web-\(number)" : "db-\(number)", host: Cloud.hosts[number % 3],
        metadata: ["role": number < 7 ? "web" : "db"], isBroken: number == 4)
    }
    let servers = try await withThrowingTaskGroup { group in
      for request in requests { group.addTask { try await cloud.start(request) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let addresses = try await nova.networkGetAssociatedFixedIPs(Cloud.operator, networkID: cloud.networkID)
    print("\(servers.count) servers, \(Set(addresses.compactMap(\.address)).count) addresses")
    print(try await usage())

    chapter("An eleventh is too much for the project's quota")
    do {
      _ = try await cloud.start(ServerRequest(name: "web-10", host: "compute1"))
    } catch {
      print("refused: \(error.code.rawValue), \(error.fields["overs"] ?? "none")")
    }

    chapter("The agents of the hosts report, and the operator looks at the whole")
    try await cloud.reportUsage()
    let sums = try await nova.computeNodeStatistics(Cloud.operator)
    print(
      "\(sums.count) hosts: \(sums.vcpusUsed) of \(sums.vcpus) cores, \(sums.memoryMBUsed) of \(sums.memoryMB) MB, "
        + "\(sums.runningVms) servers run")
  }

  func list(_ cloud: Cloud) async throws {
    try await ask("Which servers are on compute2?") { nova in
      try await nova.instanceGetAllByHost(Cloud.operator, host: "compute2", joins: [])
    } tell: {
      print(names($0))
    }

    var filters = InstanceFilters()
    filters.deleted = false
    let newest = try await nova.instanceGetAllByFilters(Cloud.user, filters: filters, limit: 4, joins: [])
    chapter("The newest four of the project")
    print(names(newest))
    try await ask("And the four behind them? A page begins at its marker, and costs what is on it") { nova in
      try await nova.instanceGetAllByFilters(
        Cloud.user, filters: filters, limit: 4, marker: newest.last?.uuid, joins: [])
    } tell: {
      print(names($0))
    }

    filters.metadata = [["role": "db"]]
    try await ask("Which are databases, by what the user has noted?") { nova in
      try await nova.instanceGetAllByFilters(Cloud.user, filters: filters, sortKey: "display_name", joins: [.metadata])
    } tell: { servers in
      for server in servers { print("\(names([server])): \(server[Instance.metadata]?.compactMap(\.value) ?? [])") }
    }

    filters.metadata = []
    filters.vmState = .equals("error")
    let broken = try await nova.instanceGetAllByFilters(Cloud.user, filters: filters, joins: [])
    let faults = try await nova.instanceFaultGetByInstanceUUIDs(Cloud.user, instanceUUIDs: broken.map(\.uuid))
    chapter("Which are broken, and why?")
    for server in broken {
      let actions = try await nova.actionsGet(Cloud.user, instanceUUID: server.uuid)
      print("\(names([server])): \(faults[server.uuid]?.first?.message ?? "-") (\(actions.first?.action ?? "-"))")
    }
  }

  func explainHiddenQueries(of cloud: Cloud) async throws {
    try await ask("How is an address of the pool found? By the first entry of an index that begins with the network") {
      try await $0.fixedIPAssociatePool(Cloud.operator, networkID: cloud.networkID, host: "compute1")
    } tell: {
      print($0.address ?? "-")
    }

    _ = try await cloud.reserve(servers: 0, until: Date(timeIntervalSinceNow: -60))
    try await ask("How are reservations found that nobody has committed in time?") {
      try await $0.reservationExpire(Cloud.operator)
    } tell: {
      print("expired")
    }
  }

  func delete(from cloud: Cloud) async throws {
    chapter("Two users delete the same servers at the same time: each is deleted once")
    var filters = InstanceFilters()
    filters.deleted = false
    filters.patterns = ["display_name": "^web-"]
    let servers = try await nova.instanceGetAllByFilters(Cloud.user, filters: filters, joins: [])
    let outcomes = await withTaskGroup { group in
      for server in servers + servers { group.addTask { await outcome { try await cloud.delete(server.uuid) } } }
      return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    print("\(outcomes["done"] ?? 0) of \(servers.count) servers deleted")
    try await cloud.reportUsage()
    print(try await usage())
  }

  func cleanUp() async throws {
    chapter("Deleted rows are moved to the archive, and the store is verified: rows and indexes agree")
    let archived = try await nova.archiveDeletedRows(Cloud.operator)
    print("\(archived.total) rows of \(archived.counts.count) tables archived")
    let report = try await nova.store.verify()
    print(report.isClean ? "clean" : "\(report)")
  }

  /// What became of some work: "done", or the name of the error.
  private func outcome(_ work: () async throws -> Void) async -> String {
    do {
      try await work()
      return "done"
    } catch {
      return (error as? NovaError)?.code.rawValue ?? "\(error)"
    }
  }

  private func usage() async throws -> String {
    let usages = try await nova.quotaUsageGetAllByProject(Cloud.user, projectID: Cloud.project)
    return usages.amounts.filter { Cloud.limits[$0.key] != nil }.sorted { $0.key < $1.key }
      .map { "\($0.key): \($0.value.inUse) of \(Cloud.limits[$0.key] ?? 0)" }.joined(separator: ", ")
  }

  private func names(_ servers: [NovaRow<Instance>]) -> String {
    servers.map { $0.displayName ?? "-" }.joined(separator: ", ")
  }

  private func chapter(_ title: String) { print("\n\(title)") }

  /// Asks, tells the answer, and how it was found: the plan of each query, without the indexes that lost.
  private func ask<Result>(
    _ question: String, _ work: (NovaDatabase) async throws -> Result, tell: (Result) -> Void
  ) async throws {
    chapter(question)
    let (result, plans) = try await nova.explaining(work)
    tell(result)
    for line in plans.flatMap({ $0.description.split(separator: "\n") }) {
      if !line.drop(while: { $0 == " " }).hasPrefix("not ") { print("  \(line)") }
    }
  }
}
