// SPDX-License-Identifier: Apache-2.0

import Rome

/// A kind of resource that compute nodes have, by the number that Nova gives it.
enum ComputeResource: Int, CaseIterable {
  case vcpus = 0
  case memoryMB = 1
  case localGB = 2

  /// The name of the column of a compute node that has it.
  fileprivate var column: String {
    switch self {
    case .vcpus: "vcpus"
    case .memoryMB: "memory_mb"
    case .localGB: "local_gb"
    }
  }

  /// The name of the column of a compute node that has its ratio.
  fileprivate var ratio: String {
    switch self {
    case .vcpus: "cpu_allocation_ratio"
    case .memoryMB: "ram_allocation_ratio"
    case .localGB: "disk_allocation_ratio"
    }
  }
}

extension ComputeNode {
  /// What the inventories of the node say that it has, where they were loaded: `inv_vcpus` and the like, beside the columns
  /// of the same names.
  public static func extraFields(of row: NovaRow<ComputeNode>, _ options: NovaOptions) -> [String: NovaField] {
    guard let loaded = row[ComputeNode.resourceProvider], let provider = loaded else { return [:] }
    let used = Dictionary(grouping: provider[ResourceProvider.allocations] ?? [], by: \.resourceClassID)
      .mapValues { $0.reduce(0) { $0 + $1.used } }
    var fields: [String: NovaField] = [:]
    for inventory in provider[ResourceProvider.inventories] ?? [] {
      guard let resource = ComputeResource(rawValue: inventory.resourceClassID) else { continue }
      fields["inv_\(resource.column)"] = NovaField(inventory.total)
      fields["inv_\(resource.column)_used"] = NovaField(used[inventory.resourceClassID])
      fields["inv_\(resource.ratio)"] = .double(inventory.allocationRatio)
      // Nova keeps no processors back.
      if resource != .vcpus { fields["inv_\(resource.column)_reserved"] = NovaField(inventory.reserved) }
    }
    return fields
  }
}

extension NovaCall {
  /// Loads what the inventories of compute nodes have: three queries for all nodes.
  func loadInventories(into nodes: inout [NovaRow<ComputeNode>]) async throws {
    try await session.load(ComputeNode.resourceProvider, into: &nodes) { providers in
      try await session.load(ResourceProvider.inventories, into: &providers)
      try await session.load(ResourceProvider.allocations, into: &providers)
    }
  }
}
