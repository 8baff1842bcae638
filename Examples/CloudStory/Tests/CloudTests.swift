// SPDX-License-Identifier: Apache-2.0

import CloudKit
import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

/// A small cloud whose servers are started and deleted at the same time.
@Suite struct CloudTests {
  private let requests = (0..<12).map { ServerRequest(name: "server-\($0)", host: Cloud.hosts[$0 % 3]) }

  /// Does work with all of some things at the same time, and returns the codes of the errors.
  private func errors<Thing: Sendable>(
    of things: [Thing], _ work: @escaping @Sendable (Thing) async throws -> Void
  ) async -> [NovaError.Code?] {
    await withTaskGroup(of: (any Error)?.self) { group in
      for thing in things {
        group.addTask {
          do {
            try await work(thing)
            return nil
          } catch {
            return error
          }
        }
      }
      return await group.reduce(into: []) { codes, error in
        if let error { codes.append((error as? NovaError)?.code) }
      }
    }
  }

  private func inUse(_ cloud: Cloud) async throws -> [String: Int] {
    let usages = try await cloud.nova.quotaUsageGetAllByProject(Cloud.user, projectID: Cloud.project)
    return usages.amounts.filter { Cloud.limits[$0.key] != nil }.mapValues { $0.inUse * 1000 + $0.reserved }
  }

  @Test(arguments: TestStoreKind.all)
  func `Of twelve servers at the same time ten are started, each with an address of its own`(
    _ kind: TestStoreKind
  ) async throws {
    let cloud = try await Cloud(NovaDatabase(try await kind.make()))
    let refused = await errors(of: requests) { _ = try await cloud.start($0) }
    #expect(refused == [.overQuota, .overQuota])
    #expect(try await inUse(cloud) == ["instances": 10_000, "cores": 20_000, "ram": 20_480_000])
    let addresses = try await cloud.nova.networkGetAssociatedFixedIPs(Cloud.operator, networkID: cloud.networkID)
    #expect(addresses.count == 10 && Set(addresses.map(\.address)).count == 10)
    #expect(Set(addresses.map(\.instanceUUID)).count == 10)
    try await cloud.reportUsage()
    let sums = try await cloud.nova.computeNodeStatistics(Cloud.operator)
    #expect(sums.count == 3 && sums.vcpusUsed == 20 && sums.runningVms == 10)
    try await expectClean(cloud.nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `A server is deleted once, and all that it had is there for others`(_ kind: TestStoreKind) async throws {
    let cloud = try await Cloud(NovaDatabase(try await kind.make()))
    var servers: [String] = []
    for request in requests.prefix(3) { servers.append(try await cloud.start(request).uuid) }
    let lost = await errors(of: servers + servers) { try await cloud.delete($0) }
    #expect(lost.count == 3)
    #expect(try await inUse(cloud) == ["instances": 0, "cores": 0, "ram": 0])
    #expect(
      try await cloud.nova.networkGetAssociatedFixedIPs(Cloud.operator, networkID: cloud.networkID).isEmpty)
    #expect(try await cloud.nova.instanceGetAllByHost(Cloud.operator, host: "compute1", joins: []).isEmpty)
    try await expectClean(cloud.nova.store)
  }

  @Test(arguments: TestStoreKind.all)
  func `A server that can't be started has a fault, and the history of its action`(_ kind: TestStoreKind) async throws {
    let cloud = try await Cloud(NovaDatabase(try await kind.make()))
    let server = try await cloud.start(ServerRequest(name: "x", host: "compute1", isBroken: true))
    #expect(server.vmState == "error")
    let faults = try await cloud.nova.instanceFaultGetByInstanceUUIDs(Cloud.user, instanceUUIDs: [server.uuid])
    #expect(faults[server.uuid]?.map(\.code) == [500])
    let actions = try await cloud.nova.actionsGet(Cloud.user, instanceUUID: server.uuid)
    #expect(actions.map(\.message) == ["Error"] && actions[0].finishTime != nil)
  }
}
