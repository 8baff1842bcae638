// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// What the compute nodes have together whose service `nova-compute` is live and not disabled. A node belongs to the
  /// services of its host, and to that which it refers to by number; it counts once for each of them.
  public func computeNodeStatistics(_ context: NovaContext) async throws(NovaError) -> ComputeNodeStatistics {
    try await reading(context) { call in
      let sums = try await call.enabledNodes().select(
        count(), ComputeNode.vcpus.sum(), ComputeNode.memoryMB.sum(), ComputeNode.localGB.sum(),
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
}

extension NovaCall {
  /// The compute nodes with each of their services that are live and not disabled.
  func enabledNodes() -> RomeQuery<(ComputeNode, Service)> {
    let isItsService = ComputeNode.host == Service.host || ComputeNode.serviceID == Service.id
    return computeNodes().join(Service.self, on: isItsService)
      .filter(Service.binary == "nova-compute", Service.deleted == 0, Service.disabled == false)
  }
}
