// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import RomeNova

/// What a user asks for.
public struct ServerRequest: Hashable, Sendable {
  /// The name of the server.
  public var name: String
  /// The host that the scheduler has chosen.
  public var host: String
  /// What the user notes.
  public var metadata: [String: String]
  /// Whether its hypervisor can't start it.
  public var isBroken: Bool

  /// Makes a request.
  public init(name: String, host: String, metadata: [String: String] = [:], isBroken: Bool = false) {
    self.name = name
    self.host = host
    self.metadata = metadata
    self.isBroken = isBroken
  }
}

extension Cloud {
  /// Starts a server: reserves quota, adds it, gives it a disk and an address, and lets its host start it.
  ///
  /// - Returns: The server as it is then: active, or in an error with a fault when its hypervisor could not start it.
  /// - Throws: `overQuota` when the project has enough, `noMoreFixedIPs` when the network has no address left.
  public func start(_ request: ServerRequest) async throws(NovaError) -> NovaRow<Instance> {
    let reservations = try await reserve(servers: 1, until: Date(timeIntervalSinceNow: 3600))
    let server: NovaRow<Instance>
    do {
      server = try await add(request)
      try await nova.reservationCommit(Self.user, reservations: reservations)
    } catch {
      // What was reserved is there for others again.
      try await nova.reservationRollback(Self.user, reservations: reservations)
      throw error
    }
    try await begin("create", of: server)
    try await plug(server)
    return request.isBroken ? try await fail(server) : try await finish(server)
  }

  /// Reserves what servers need, or gives back what they needed.
  ///
  /// - Parameters:
  ///   - count: How many servers; less than 0 to give back.
  ///   - expire: When the reservation lapses if nobody commits it.
  /// - Returns: The reservations.
  /// - Throws: `overQuota`.
  public func reserve(servers count: Int, until expire: Date) async throws(NovaError) -> [String] {
    try await nova.quotaReserve(
      Self.user, resources: ["instances": .instances, "cores": .instances, "ram": .instances],
      projectQuotas: Self.limits, userQuotas: Self.limits,
      deltas: ["instances": count, "cores": count * flavor.vcpus, "ram": count * flavor.memoryMB], expire: expire)
  }

  private func add(_ request: ServerRequest) async throws(NovaError) -> NovaRow<Instance> {
    var server = NewInstance {
      $0.displayName = request.name
      $0.hostname = request.name
      $0.userID = Self.user.userID
      $0.projectID = Self.project
      $0.host = request.host
      $0.node = "\(request.host).example.org"
      $0.instanceTypeID = flavor.id
      $0.memoryMB = flavor.memoryMB
      $0.vcpus = flavor.vcpus
      $0.rootGB = flavor.rootGB
      $0.vmState = "building"
      $0.taskState = "spawning"
    }
    server.metadata = request.metadata
    server.systemMetadata = ["image_os": "debian"]
    return try await nova.instanceCreate(Self.user, values: server)
  }

  /// Gives the server its disk, its interface and its address.
  private func plug(_ server: NovaRow<Instance>) async throws(NovaError) {
    _ = try await nova.blockDeviceMappingCreate(
      Self.user,
      values: NovaBlockDeviceValues {
        $0.instanceUUID = server.uuid
        $0.sourceType = "image"
        $0.destinationType = "local"
        $0.deviceName = "/dev/vda"
        $0.bootIndex = 0
        $0.deleteOnTermination = true
      }, legacy: false)
    let number = String(server.id ?? 0, radix: 16)
    let interface = try await nova.virtualInterfaceCreate(
      Self.operator,
      values: NovaValues {
        $0.address = "fa:16:3e:00:00:" + (number.count == 1 ? "0" : "") + number
        $0.networkID = networkID
        $0.instanceUUID = server.uuid
        $0.uuid = UUID().uuidString.lowercased()
      })
    _ = try await nova.fixedIPAssociatePool(
      Self.operator, networkID: networkID, instanceUUID: server.uuid, host: server.host,
      virtualInterfaceID: interface.id)
  }

  private func finish(_ server: NovaRow<Instance>) async throws(NovaError) -> NovaRow<Instance> {
    try await end(server, result: "Success")
    var changes = InstanceChanges {
      $0.vmState = "active"
      $0.taskState = nil
      $0.launchedAt = nova.clock()
    }
    changes.expected.taskState = ["spawning"]
    return try await nova.instanceUpdate(Self.user, uuid: server.uuid, changes: changes)
  }

  private func fail(_ server: NovaRow<Instance>) async throws(NovaError) -> NovaRow<Instance> {
    _ = try await nova.instanceFaultCreate(
      Self.operator,
      values: NovaValues {
        $0.instanceUUID = server.uuid
        $0.code = 500
        $0.message = "the hypervisor has no memory left"
        $0.host = server.host
      })
    try await end(server, result: "Error")
    return try await nova.instanceUpdate(
      Self.user, uuid: server.uuid,
      changes: InstanceChanges {
        $0.vmState = "error"
        $0.taskState = nil
      })
  }
}
