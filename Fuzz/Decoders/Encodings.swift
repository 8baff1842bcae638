// SPDX-License-Identifier: Apache-2.0

@testable import Rome

/// The first byte says how many columns the table has, the next ones of which type they are; the rest is the row.
func fuzzRow(_ input: [UInt8]) {
  guard let first = input.first else { return }
  let count = Int(first % 12)
  guard input.count > count else { return }
  let types: [ColumnType] = [.bool, .int, .double, .date, .uuid, .string, .bytes, .json]
  let columns = input.dropFirst().prefix(count).enumerated().map { position, byte in
    let type = types[Int(byte & 7)]
    let isNullable = byte & 8 == 0
    return ColumnDescription(
      recorded: "c\(position)", type: type, isNullable: isNullable, fill: isNullable ? .null : .zero(of: type))
  }
  guard let row = try? EncodedRow(input[(count + 1)...], columns: columns) else { return }
  let values = row.values
  for (value, column) in zip(values, columns) {
    require(value.isNull ? column.isNullable : value.type == column.type, "a value of another type")
  }
  // What was read can be written, and reads as the same again.
  let again = try? EncodedRow(RowFormat.encode(values)[...], columns: columns)
  require(again.map { $0.values.elementsEqual(values, by: isSame) } == true, "a row that reads differently again")
}

/// NaN is the same as NaN here.
private func isSame(_ left: Value, _ right: Value) -> Bool {
  KeyEncoder.encode([left]) == KeyEncoder.encode([right])
}

/// The first byte says which of the values are descending.
func fuzzKey(_ input: [UInt8]) {
  guard let directions = input.first else { return }
  var decoder = KeyDecoder(input.dropFirst())
  var encoder = KeyEncoder()
  for position in 0..<8 {
    let descending = directions >> UInt8(position) & 1 == 1
    guard let value = try? decoder.next(descending: descending) else { break }
    encoder.append(value, descending: descending)
    require(encoder.bytes.elementsEqual(input.dropFirst().prefix(decoder.consumed)), "a key of two meanings")
  }
  var free = KeyDecoder(input[...])
  while !free.isAtEnd, (try? free.nextOfAnyDirection()) != nil {}
  _ = UniqueKeys.hasNull(input)
}

/// The record of a table, and the schema of it.
func fuzzRecord(_ input: [UInt8]) {
  guard let name = tableName(input),
    let record = try? TableRecord.decode(input[...], key: TableRecord.address(of: name).key)
  else { return }
  guard let schema = try? record.makeSchema() else { return }
  require(schema.problems.isEmpty, "a record of a table that can't be")
  guard let view = try? CatalogView(epoch: nil, records: [record.table: record], schemas: [schema]) else { return }
  _ = view.references(to: record.table).map { $0.scan(for: $0.targetColumns.map { _ in .null }) }
  require((try? record.updated(for: schema, isEmpty: false)) != nil, "a record that does not fit itself")
}

/// The table that a record names: records are only read where their name is the key.
private func tableName(_ input: [UInt8]) -> String? {
  let text = String(decoding: input, as: UTF8.self)
  guard let range = text.firstRange(of: "\"table\":\"") else { return "t" }
  return text[range.upperBound...].prefix { $0 != "\"" }.description
}
