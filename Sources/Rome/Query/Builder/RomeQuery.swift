// SPDX-License-Identifier: Apache-2.0

/// A query: what to read, and how to make its rows of it. It is a value; each call makes a new one from it.
public struct RomeQuery<Row> {
  var statement: SelectStatement
  init(_ statement: SelectStatement) { self.statement = statement }
}
