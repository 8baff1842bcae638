// SPDX-License-Identifier: Apache-2.0

import Foundation
import RomeNova

// What is done with a server is written down: an action, and the events of which it consists.
extension Cloud {
  /// Notes that something begins.
  func begin(_ action: String, of server: NovaRow<Instance>) async throws(NovaError) {
    _ = try await nova.actionStart(
      Self.user,
      values: NovaValues {
        $0.action = action
        $0.instanceUUID = server.uuid
        $0.requestID = request(server)
        $0.userID = Self.user.userID
        $0.projectID = Self.project
        $0.startTime = nova.clock()
      })
    _ = try await nova.actionEventStart(
      Self.user,
      values: event(
        server,
        NovaValues {
          $0.event = "compute_spawn"
          $0.startTime = nova.clock()
          $0.host = server.host
        }))
  }

  /// Notes that it has ended.
  func end(_ server: NovaRow<Instance>, result: String) async throws(NovaError) {
    _ = try await nova.actionEventFinish(
      Self.user,
      values: event(
        server,
        NovaValues {
          $0.event = "compute_spawn"
          $0.finishTime = nova.clock()
          $0.result = result
        }))
    _ = try await nova.actionFinish(
      Self.user,
      values: NovaValues {
        $0.instanceUUID = server.uuid
        $0.requestID = request(server)
        $0.finishTime = nova.clock()
      })
  }

  /// The id of the request that has made the server.
  private func request(_ server: NovaRow<Instance>) -> String { "req-\(server.uuid)" }

  private func event(
    _ server: NovaRow<Instance>, _ columns: NovaValues<InstanceActionEvent>
  ) -> NovaActionEventValues {
    NovaActionEventValues(instanceUUID: server.uuid, requestID: request(server), columns: columns)
  }
}
