// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension NovaDatabase {
  /// The same database as one of a release.
  func of(_ release: NovaRelease) -> NovaDatabase {
    var copy = self
    copy.options.release = release
    return copy
  }

  /// Adds a service, and returns its number.
  @discardableResult
  func addService(
    _ host: String, _ binary: String = "nova-compute", _ assign: (inout NovaValues<Service>) -> Void = { _ in }
  ) async throws -> Int {
    let service = try await serviceCreate(
      .admin,
      values: NovaValues {
        $0.host = host
        $0.binary = binary
        $0.topic = "\(binary)-topic"
        assign(&$0)
      })
    return service.id ?? 0
  }

  /// Adds a compute node, and returns its number.
  @discardableResult
  func addNode(
    _ host: String?, _ name: String, _ assign: (inout NovaValues<ComputeNode>) -> Void = { _ in }
  ) async throws -> Int {
    try await computeNodeCreate(.admin, values: .node(host, name, assign)).id ?? 0
  }
}

extension NovaValues<ComputeNode> {
  /// A compute node with two processors, 1024 MiB of memory and 100 GiB of disk space.
  static func node(
    _ host: String?, _ name: String, _ assign: (inout NovaValues<ComputeNode>) -> Void = { _ in }
  ) -> NovaValues<ComputeNode> {
    NovaValues {
      $0.host = host
      $0.hypervisorHostname = name
      $0.vcpus = 2
      $0.memoryMB = 1024
      $0.localGB = 100
      $0.vcpusUsed = 0
      $0.memoryMBUsed = 0
      $0.localGBUsed = 0
      $0.hypervisorType = "QEMU"
      $0.hypervisorVersion = 1
      $0.cpuInfo = ""
      assign(&$0)
    }
  }
}
