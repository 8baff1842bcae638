// SPDX-License-Identifier: Apache-2.0

import Rome

extension RomeError {
  /// Whether the store refused a row of the entity because its key, or its values in a unique index, are in use.
  func isTaken<E: Entity>(in type: E.Type) -> Bool {
    entity == type.tableName && (code == .uniqueViolation || code == .duplicatePrimaryKey)
  }
}
