// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Rome

@Suite struct RowBatchTests {
  private func batch(_ numbers: some Sequence<Int>) throws -> RowBatch {
    let batch = RowBatch()
    for number in numbers {
      let row = try EncodedRow(
        RowFormat.encode([.int(Int64(number))])[...], columns: [ColumnDescription("n", Int.self)])
      batch.append(FoundRow(key: KeyEncoder.encode(.int(Int64(number))), version: .zero, row: row))
    }
    return batch
  }

  private func numbers(_ batch: RowBatch) -> [Value] {
    var result: [Value] = []
    while let row = batch.next() { result.append(row.row[0]) }
    return result
  }

  @Test func `rows are taken out once, in their order`() throws {
    let batch = try batch(0..<5)
    #expect(batch.next()?.row[0] == .int(0))
    #expect(batch.count == 4)
    #expect(numbers(batch) == [1, 2, 3, 4].map { .int($0) })
    #expect(batch.isEmpty && batch.next() == nil)
  }

  @Test(arguments: 0...6, 0...6)
  func `rows are left out at both ends`(first: Int, last: Int) throws {
    let batch = try batch(0..<6)
    batch.drop(first: first, last: last)
    #expect(batch.count == max(0, 6 - first - last))
    #expect(numbers(batch) == (0..<6).dropLast(last).dropFirst(first).map { .int(Int64($0)) })
  }

  @Test func `rows for any kind of work are the same`() throws {
    let batch = try batch(0..<3)
    #expect(batch.takeSourceRows().map { $0[0] } == [0, 1, 2].map { .int($0) })
    #expect(batch.isEmpty)
  }
}
