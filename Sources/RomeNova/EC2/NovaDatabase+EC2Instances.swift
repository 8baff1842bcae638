// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Gives an instance its number in the EC2 interface.
  ///
  /// - Parameters:
  ///   - context: Who calls.
  ///   - instanceUUID: The UUID of the instance.
  ///   - id: The number; nil for the next one.
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/dbDuplicateEntry`` when the number is taken.
  public func ec2InstanceCreate(
    _ context: NovaContext, instanceUUID: String, id: Int? = nil
  ) async throws(NovaError) -> NovaRow<InstanceIdMapping> {
    try context.require()
    return try await transaction(context) { call in
      try await call.insert(instanceUUID, as: InstanceIdMapping.self, id: id)
    }
  }

  /// The number of an instance in the EC2 interface, of a deleted one too.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/instanceNotFound``.
  public func ec2InstanceGetByUUID(
    _ context: NovaContext, instanceUUID: String
  ) async throws(NovaError) -> NovaRow<InstanceIdMapping> {
    try context.require()
    return try await reading(context) { call in
      guard let instance = try await call.mapping(InstanceIdMapping.self, uuid: instanceUUID) else {
        throw NovaError(.instanceNotFound, ["instance_id": .string(instanceUUID)])
      }
      return instance
    }
  }

  /// The instance of a number in the EC2 interface, a deleted one too.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/instanceNotFound``.
  public func ec2InstanceGetByID(
    _ context: NovaContext, instanceID: Int
  ) async throws(NovaError) -> NovaRow<InstanceIdMapping> {
    try context.require()
    return try await reading(context) { call in
      guard let instance = try await call.mapping(InstanceIdMapping.self, id: instanceID) else {
        throw NovaError(.instanceNotFound, ["instance_id": NovaField(instanceID)])
      }
      return instance
    }
  }

  /// The UUID of the instance of a number in the EC2 interface, of a deleted one too.
  ///
  /// - Throws: ``NovaError/Code/forbidden`` for an anonymous caller; ``NovaError/Code/instanceNotFound``.
  public func getInstanceUUIDByEC2ID(_ context: NovaContext, ec2ID: Int) async throws(NovaError) -> String {
    try await ec2InstanceGetByID(context, instanceID: ec2ID).uuid
  }
}
