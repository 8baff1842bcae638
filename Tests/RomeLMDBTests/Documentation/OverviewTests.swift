// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeLMDB
import Testing

/// The code of the module's documentation.
@Suite struct OverviewTests {
  @Test func `a store is opened by the path of its file`() async throws {
    let path = TestFile().path
    let store = try LMDBStore(path: path)
    let session = RomeSession(store)
    #expect(!session.hasChanges && session.store === store)
  }
}
