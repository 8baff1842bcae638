// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How far the building of an index is, as the store keeps it: each batch moves it in the same commit as its entries, so
/// that whoever builds after a crash goes on behind the last batch, and several builders share the work.
///
/// It is no part of the table's record, because that would make every batch an epoch, and every writer look again.
struct BuildProgress: Codable, Hashable {
  /// The bytes of the primary key of the last row that has its entry; nil at the begin.
  var last: [UInt8]?
  var finishedRows = 0
  var totalRows = 0

  /// The key space of all.
  static let space = KeySpace.rows("rome.builds")

  /// Where the progress of an index is kept.
  static func address(of index: String, table: String) -> RowAddress {
    RowAddress(table: space.table, key: KeyEncoder.encode([.string(table), .string(index)]))
  }

  /// The bytes of the row.
  var encoded: [UInt8] {
    get throws(RomeError) {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      guard let data = try? encoder.encode(self) else {
        throw RomeError(.invalidState, "the progress of building an index can't be encoded")
      }
      return Array(data)
    }
  }

  /// Reads the progress. Bytes that are none mean that the building begins anew, which does no harm.
  static func decode(_ bytes: ArraySlice<UInt8>) -> BuildProgress {
    (try? JSONDecoder().decode(BuildProgress.self, from: Data(bytes))) ?? BuildProgress()
  }
}
