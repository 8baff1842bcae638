// SPDX-License-Identifier: Apache-2.0

extension RowFormat {
  /// Encodes a row of which some columns have new values. What lies between them is copied as one piece.
  static func encode(_ row: ChangedRow) -> [UInt8] {
    row.old.bytes.withUnsafeBytes { bytes in
      // Encoded rows were checked when they were made.
      let old = RowView(checked: bytes)
      let added = old.columnCount..<row.columnCount
      var length = old.dataLength
      for position in row.changed where position < old.columnCount {
        length += self.length(of: row[position]) - (old.end(of: position) - old.begin(of: position))
      }
      for position in added { length += self.length(of: row[position]) }
      return make(row.columnCount, dataLength: length) { writer in
        var next = 0
        for position in row.changed where position < old.columnCount {
          writer.append(old, next..<position)
          writer.append(row[position])
          next = position + 1
        }
        writer.append(old, next..<old.columnCount)
        for position in added { writer.append(row[position]) }
      }
    }
  }
}

extension RowWriter {
  /// Appends columns of another row.
  fileprivate mutating func append(_ row: RowView, _ columns: Range<Int>) {
    if columns.isEmpty { return }
    let begin = row.begin(of: columns.lowerBound)
    let data = UnsafeRawBufferPointer(rebasing: row.raw[(row.raw.count - row.dataLength)...])
    let bytes = UnsafeRawBufferPointer(rebasing: data[begin..<row.end(of: columns.upperBound - 1)])
    append(bytes, columnCount: columns.count) { number in
      let position = columns.lowerBound + number
      return (row.end(of: position) - begin, row.isNull(position))
    }
  }
}
