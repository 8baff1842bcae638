// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// The request did nothing with the instance: `request_id`, `instance_uuid`.
  public static let instanceActionNotFound = Self("InstanceActionNotFound")
  /// The action has no such event: `event`, `action_id`.
  public static let instanceActionEventNotFound = Self("InstanceActionEventNotFound")
}
