// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// What the compute nodes have together whose service `nova-compute` is live and not disabled. A node belongs to the
  /// services of its host, and to that which it refers to by number; it counts once for each of them.
  public func computeNodeStatistics(_ context: NovaContext) async throws(NovaError) -> ComputeNodeStatistics {
    try await reading(context) { call in
      let nodes = call.computeNodes()
      let byHost = try await call.sums(of: nodes.join(Service.self, on: ComputeNode.host == Service.host))
      // Nodes that refer to a service by number are of old releases. A sum of their own lets both follow an index.
      let old = nodes.filter(ComputeNode.serviceID > 0)
      guard try await old.exists() else { return byHost }
      let isElsewhere = ComputeNode.host == nil || Service.host == nil || ComputeNode.host != Service.host
      let byNumber = old.join(Service.self, on: ComputeNode.serviceID == Service.id).filter(isElsewhere)
      return byHost + (try await call.sums(of: byNumber))
    }
  }
}

extension NovaCall {
  /// The sums over compute nodes with services that are live and not disabled.
  fileprivate func sums(of nodes: RomeQuery<(ComputeNode, Service)>) async throws -> ComputeNodeStatistics {
    let enabled = nodes.filter(Service.binary == "nova-compute", Service.deleted == 0, Service.disabled == false)
    let sums = try await enabled.select(
      Rome.count(), ComputeNode.vcpus.sum(), ComputeNode.memoryMB.sum(), ComputeNode.localGB.sum(),
      ComputeNode.vcpusUsed.sum(), ComputeNode.memoryMBUsed.sum(), ComputeNode.localGBUsed.sum(),
      ComputeNode.freeRamMB.sum(), ComputeNode.freeDiskGB.sum(), ComputeNode.currentWorkload.sum(),
      ComputeNode.runningVms.sum(), ComputeNode.diskAvailableLeast.sum()
    ).one()
    var statistics = ComputeNodeStatistics()
    statistics.count = sums.0
    statistics.vcpus = sums.1 ?? 0
    statistics.memoryMB = sums.2 ?? 0
    statistics.localGB = sums.3 ?? 0
    statistics.vcpusUsed = sums.4 ?? 0
    statistics.memoryMBUsed = sums.5 ?? 0
    statistics.localGBUsed = sums.6 ?? 0
    statistics.freeRamMB = sums.7 ?? 0
    statistics.freeDiskGB = sums.8 ?? 0
    statistics.currentWorkload = sums.9 ?? 0
    statistics.runningVms = sums.10 ?? 0
    statistics.diskAvailableLeast = sums.11 ?? 0
    return statistics
  }
}
