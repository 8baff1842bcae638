// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome

/// What an online migration of data has done.
public struct MigratedRows: Hashable, Sendable {
  /// How many rows it has looked at.
  public var seen: Int
  /// How many of them it has changed.
  public var changed: Int

  /// Makes the counts.
  public init(seen: Int, changed: Int) {
    self.seen = seen
    self.changed = changed
  }
}

extension NovaDatabase {
  /// Gives a UUID to aggregates that have none. Nova has dropped it in Pike.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - maxCount: How many aggregates at most.
  public func aggregateUUIDsOnlineDataMigration(
    _ context: NovaContext, maxCount: Int
  ) async throws(NovaError) -> MigratedRows {
    try await addUUIDs(context, Aggregate.uuid, maxCount)
  }

  /// Gives a UUID to compute nodes that have none. Nova has it in Mitaka only.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - maxCount: How many compute nodes at most.
  public func computenodeUUIDsOnlineDataMigration(
    _ context: NovaContext, maxCount: Int
  ) async throws(NovaError) -> MigratedRows {
    try await addUUIDs(context, ComputeNode.uuid, maxCount)
  }

  /// Gives a UUID to services that have none. Nova has it since Pike.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - maxCount: How many services at most.
  public func serviceUUIDsOnlineDataMigration(
    _ context: NovaContext, maxCount: Int
  ) async throws(NovaError) -> MigratedRows {
    try await addUUIDs(context, Service.uuid, maxCount)
  }

  private func addUUIDs<Model: NovaModel>(
    _ context: NovaContext, _ uuid: Column<Model, String?>, _ maxCount: Int
  ) async throws(NovaError) -> MigratedRows {
    try await transaction(context) { call in
      let rows = try await call.query(Model.self).filter(uuid == nil).byKey().limit(maxCount).all()
      for row in rows { try row.set(UUID().uuidString.lowercased(), of: uuid.name) }
      return MigratedRows(seen: rows.count, changed: rows.count)
    }
  }

  /// Moves the address of the physical function of PCI devices out of their other information, to where it is looked up by.
  ///
  /// Nothing is done before all services that read the database know the new place. Nova has dropped it in Newton.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - maxCount: How many devices at most.
  public func pcideviceOnlineDataMigration(
    _ context: NovaContext, maxCount: Int
  ) async throws(NovaError) -> MigratedRows {
    let readers = ["nova-conductor", "nova-api"]
    let versions = try await serviceGetMinimumVersion(context, binaries: readers)
    guard readers.allSatisfy({ (versions[$0] ?? 0) ?? 0 >= Self.versionOfParentAddress }) else {
      return MigratedRows(seen: 0, changed: 0)
    }
    return try await transaction(context) { call in
      let devices = try await call.query(PciDevice.self).filter(PciDevice.parentAddr == nil).byKey().limit(maxCount)
        .all()
      var changed = 0
      for device in devices {
        guard let address = device.physicalFunction else { continue }
        device.parentAddr = address
        changed += 1
      }
      return MigratedRows(seen: devices.count, changed: changed)
    }
  }

  /// The version of services from which on they know `parent_addr`.
  private static var versionOfParentAddress: Int { 4 }
}

extension PciDevice {
  /// The address of the physical function that a device of the old form is part of.
  fileprivate var physicalFunction: String? {
    struct ExtraInfo: Decodable {
      var address: String?
      enum CodingKeys: String, CodingKey { case address = "phys_function" }
    }
    return extraInfo.flatMap { try? JSONDecoder().decode(ExtraInfo.self, from: Data($0.utf8)) }?.address
  }
}
