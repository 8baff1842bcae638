// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Gives a volume its number in the EC2 interface.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - volumeUUID: The UUID of the volume.
  ///   - id: The number; nil for the next one.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/dbDuplicateEntry`` when the number is taken.
  public func ec2VolumeCreate(
    _ context: NovaContext, volumeUUID: String, id: Int? = nil
  ) async throws(NovaError) -> NovaRow<VolumeIdMapping> {
    try context.require()
    return try await transaction(context) { call in
      try await call.insert(volumeUUID, as: VolumeIdMapping.self, id: id)
    }
  }

  /// The volume of a number in the EC2 interface, a deleted one too.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/volumeNotFound``.
  public func ec2VolumeGetByID(
    _ context: NovaContext, volumeID: Int
  ) async throws(NovaError) -> NovaRow<VolumeIdMapping> {
    try context.require()
    return try await reading(context) { call in
      guard let volume = try await call.mapping(VolumeIdMapping.self, id: volumeID) else {
        throw NovaError(.volumeNotFound, ["volume_id": NovaField(volumeID)])
      }
      return volume
    }
  }

  /// The number of a volume in the EC2 interface, of a deleted one too.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/volumeNotFound``.
  public func ec2VolumeGetByUUID(
    _ context: NovaContext, volumeUUID: String
  ) async throws(NovaError) -> NovaRow<VolumeIdMapping> {
    try context.require()
    return try await reading(context) { call in
      guard let volume = try await call.mapping(VolumeIdMapping.self, uuid: volumeUUID) else {
        throw NovaError(.volumeNotFound, ["volume_id": .string(volumeUUID)])
      }
      return volume
    }
  }
}
