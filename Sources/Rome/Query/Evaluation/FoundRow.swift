// SPDX-License-Identifier: Apache-2.0

/// A row that was read whole. Entities keep the one that they were loaded from.
struct FoundRow {
  /// The encoded primary key.
  let key: Key
  /// The version of the row; nil, or ``Revision/pending``, for one that this session has written and not yet committed.
  let version: Revision?
  /// The columns.
  let row: EncodedRow
}
