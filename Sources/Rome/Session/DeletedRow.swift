// SPDX-License-Identifier: Apache-2.0

extension FlushStager {
  /// A row that is deleted, by the user or by a foreign key.
  struct DeletedRow {
    let schema: EntitySchema
    let key: Key
    let row: EncodedRow
    let entity: (any Entity)?
  }
}
