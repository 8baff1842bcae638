// SPDX-License-Identifier: Apache-2.0

public import RomeNova

/// A small cloud: three hosts, one network, and a project that runs servers there.
///
/// It does by Nova's functions what Nova's services do by them. All servers may be started and deleted at the same time, from
/// any number of tasks and processes.
public struct Cloud: Sendable {
  /// Nova's database API.
  public let nova: NovaDatabase
  /// The number of the network that all servers are in.
  public let networkID: Int
  /// What all servers are like.
  public let flavor: NovaFlavor

  /// The operator of the cloud.
  public static let `operator` = NovaContext.admin
  /// The user of the project that runs the servers.
  public static let user = NovaContext.user("ada", of: project)
  /// The project.
  public static let project = "web"
  /// The hosts that servers run on.
  public static let hosts = ["compute1", "compute2", "compute3"]
  /// What the project may have.
  public static let limits = ["instances": 10, "cores": 40, "ram": 40_960]

  /// Builds the cloud in an empty database.
  public init(_ nova: NovaDatabase) async throws(NovaError) {
    self.nova = nova
    for (number, host) in Self.hosts.enumerated() { try await Self.add(host, number, to: nova) }
    flavor = try await nova.flavorCreate(
      Self.operator,
      flavor: FlavorValues(
        NovaValues {
          $0.name = "m1.small"
          $0.flavorid = "2"
          $0.memoryMB = 2048
          $0.vcpus = 2
          $0.rootGB = 20
        }, extraSpecs: ["hw:cpu_policy": "shared"]))
    let network = try await nova.networkCreateSafe(
      Self.operator,
      values: NovaValues {
        $0.label = "private"
        $0.cidr = "10.0.0.0/28"
        $0.gateway = "10.0.0.1"
        $0.bridge = "br100"
        $0.vlan = 100
      })
    let networkID = network.id ?? 0
    self.networkID = networkID
    // The gateway is not for servers.
    try await nova.fixedIPBulkCreate(
      Self.operator,
      ips: (1...14).map { number in
        NovaValues {
          $0.address = NovaAddress("10.0.0.\(number)")
          $0.networkID = networkID
          $0.reserved = number == 1
        }
      })
  }

  private static func add(_ host: String, _ number: Int, to nova: NovaDatabase) async throws(NovaError) {
    _ = try await nova.serviceCreate(
      Self.operator,
      values: NovaValues {
        $0.host = host
        $0.binary = "nova-compute"
        $0.topic = "compute"
      })
    _ = try await nova.computeNodeCreate(
      Self.operator,
      values: NovaValues {
        $0.host = host
        $0.hypervisorHostname = "\(host).example.org"
        $0.hypervisorType = "QEMU"
        $0.hypervisorVersion = 2_010_000
        $0.hostIP = NovaAddress("192.0.2.\(number + 1)")
        $0.cpuInfo = "{}"
        $0.vcpus = 16
        $0.memoryMB = 32_768
        $0.localGB = 500
        $0.vcpusUsed = 0
        $0.memoryMBUsed = 0
        $0.localGBUsed = 0
      })
  }

  /// Writes down how busy each host is, as its agent does every minute.
  public func reportUsage() async throws(NovaError) {
    for node in try await nova.computeNodeGetAll(Self.operator) {
      guard let id = node.id, let host = node.host else { continue }
      let servers = try await nova.instanceGetAllByHost(Self.operator, host: host, joins: [])
      let vcpus = servers.reduce(0) { $0 + ($1.vcpus ?? 0) }
      let memory = servers.reduce(0) { $0 + ($1.memoryMB ?? 0) }
      let disk = servers.reduce(0) { $0 + ($1.rootGB ?? 0) }
      _ = try await nova.computeNodeUpdate(
        Self.operator, id: id,
        values: NovaValues {
          $0.vcpusUsed = vcpus
          $0.memoryMBUsed = memory
          $0.localGBUsed = disk
          $0.freeRamMB = node.memoryMB - memory
          $0.freeDiskGB = node.localGB - disk
          $0.runningVms = servers.count { $0.vmState == "active" }
        })
    }
  }
}
