// SPDX-License-Identifier: Apache-2.0

/// A query.
public struct RomeQuery<Row> {
  let statement: SelectStatement
}
