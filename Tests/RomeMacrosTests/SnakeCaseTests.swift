// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RomeMacros

@Suite struct SnakeCaseTests {
  @Test(arguments: [
    ("isbn", "isbn"), ("id", "id"), ("authorID", "author_id"), ("createdAt", "created_at"), ("URLPath", "url_path"),
    ("httpURLPath", "http_url_path"), ("hostIDs", "host_ids"), ("hostIDsOld", "host_ids_old"), ("address2", "address2"),
    ("ipV4", "ip_v4"), ("memoryMB", "memory_mb"), ("vcpus_used", "vcpus_used"), ("vcpus_Used", "vcpus_used"),
    ("a", "a"), ("A", "a"), ("aB", "a_b"), ("x2Y", "x2_y"), ("", ""),
  ])
  func propertyBecomesColumn(property: String, column: String) {
    #expect(property.snakeCased == column)
  }
}
