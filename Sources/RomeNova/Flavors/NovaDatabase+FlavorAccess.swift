// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// The rights of projects to use a flavor; none when there is no such flavor.
  public func flavorAccessGetByFlavorID(
    _ context: NovaContext, flavorID: String
  ) async throws(NovaError) -> [NovaRow<InstanceTypeProjects>] {
    try await reading(context) { call in
      guard let number = try await call.numberOfFlavor(flavorID) else { return [] }
      return try await call.access(to: number).rows()
    }
  }

  /// Gives a project the right to use a flavor.
  ///
  /// - Throws: ``NovaError/Code/flavorNotFound``, ``NovaError/Code/flavorAccessExists``.
  public func flavorAccessAdd(
    _ context: NovaContext, flavorID: String, projectID: String
  ) async throws(NovaError) -> NovaRow<InstanceTypeProjects> {
    try await transaction(context) { error in
      guard error.isDuplicate(in: InstanceTypeProjects.self) else { return nil }
      return NovaError(.flavorAccessExists, ["flavor_id": .string(flavorID), "project_id": .string(projectID)])
    } _: { call in
      let number = try await call.requiredFlavor(flavorID)
      return NovaRow(
        try await call.insert(
          NovaValues<InstanceTypeProjects> {
            $0.instanceTypeID = number
            $0.projectID = projectID
          }))
    }
  }

  /// Takes the right of a project to use a flavor.
  ///
  /// - Throws: ``NovaError/Code/flavorNotFound``, ``NovaError/Code/flavorAccessNotFound``.
  public func flavorAccessRemove(
    _ context: NovaContext, flavorID: String, projectID: String
  ) async throws(NovaError) {
    try await transaction(context) { call in
      let access = call.access(to: try await call.requiredFlavor(flavorID))
      guard try await access.filter(InstanceTypeProjects.projectID == projectID).softDelete() > 0 else {
        throw NovaError(.flavorAccessNotFound, ["flavor_id": .string(flavorID), "project_id": .string(projectID)])
      }
    }
  }
}

extension NovaCall {
  /// The rights to use a flavor.
  fileprivate func access(to number: Int) -> RomeQuery<InstanceTypeProjects> {
    query(InstanceTypeProjects.self, readDeleted: .no).filter(InstanceTypeProjects.instanceTypeID == number)
  }
}
