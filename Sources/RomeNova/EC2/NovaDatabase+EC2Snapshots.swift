// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Gives a snapshot its number in the EC2 interface.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - snapshotUUID: The UUID of the snapshot.
  ///   - id: The number; nil for the next one.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/dbDuplicateEntry`` when the number is taken.
  public func ec2SnapshotCreate(
    _ context: NovaContext, snapshotUUID: String, id: Int? = nil
  ) async throws(NovaError) -> NovaRow<SnapshotIdMapping> {
    try context.require()
    return try await transaction(context) { call in
      try await call.insert(snapshotUUID, as: SnapshotIdMapping.self, id: id)
    }
  }

  /// The snapshot of a number in the EC2 interface, a deleted one too.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/snapshotNotFound``.
  public func ec2SnapshotGetByEC2ID(
    _ context: NovaContext, ec2ID: Int
  ) async throws(NovaError) -> NovaRow<SnapshotIdMapping> {
    try context.require()
    return try await reading(context) { call in
      guard let snapshot = try await call.mapping(SnapshotIdMapping.self, id: ec2ID) else {
        throw NovaError(.snapshotNotFound, ["snapshot_id": NovaField(ec2ID)])
      }
      return snapshot
    }
  }

  /// The number of a snapshot in the EC2 interface, of a deleted one too.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/snapshotNotFound``.
  public func ec2SnapshotGetByUUID(
    _ context: NovaContext, snapshotUUID: String
  ) async throws(NovaError) -> NovaRow<SnapshotIdMapping> {
    try context.require()
    return try await reading(context) { call in
      guard let snapshot = try await call.mapping(SnapshotIdMapping.self, uuid: snapshotUUID) else {
        throw NovaError(.snapshotNotFound, ["snapshot_id": .string(snapshotUUID)])
      }
      return snapshot
    }
  }
}
