// SPDX-License-Identifier: Apache-2.0

internal import Foundation
public import RomeNova

extension Cloud {
  /// Deletes a server, and gives back its address and its quota. Of several who want to, one does it.
  ///
  /// - Throws: `unexpectedTaskStateError` when somebody else is at it, `instanceNotFound` when it is gone.
  public func delete(_ uuid: String) async throws(NovaError) {
    var claim = InstanceChanges { $0.taskState = "deleting" }
    claim.expected.taskState = [nil]
    _ = try await nova.instanceUpdate(Self.user, uuid: uuid, changes: claim)
    for address in try await nova.fixedIPGetByInstance(Self.operator, instanceUUID: uuid) {
      if let text = address.address { try await nova.fixedIPDisassociate(Self.operator, address: text) }
    }
    try await nova.virtualInterfaceDeleteByInstance(Self.operator, instanceUUID: uuid)
    let freed = try await reserve(servers: -1, until: Date(timeIntervalSinceNow: 3600))
    _ = try await nova.instanceDestroy(
      Self.user, uuid: uuid, constraint: .equalAny(Instance.taskState, ["deleting"]))
    try await nova.reservationCommit(Self.user, reservations: freed)
  }
}
