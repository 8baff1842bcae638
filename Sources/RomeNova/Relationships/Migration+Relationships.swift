// SPDX-License-Identifier: Apache-2.0

import Rome

extension Migration {
  /// The instance that moves.
  public static let instance = NovaToOne<Migration, Instance>("instance", Migration.instanceUUID, Instance.uuid, .live)
}
