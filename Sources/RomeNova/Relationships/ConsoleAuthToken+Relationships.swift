// SPDX-License-Identifier: Apache-2.0

import Rome

extension ConsoleAuthToken {
  /// The instance whose console the token opens.
  public static let instance = NovaToOne<ConsoleAuthToken, Instance>(
    "instance", ConsoleAuthToken.instanceUUID, Instance.uuid, .live)
}
