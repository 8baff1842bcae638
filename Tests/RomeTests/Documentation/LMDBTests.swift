// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeLMDB
import StoreTestSupport
import Testing

/// The code of the overview of RomeLMDB.
@Suite struct LMDBTests {
  @Test func aStoreIsOpenedByThePathOfItsFile() async throws {
    let path = TestFolder.newPath()
    let store = try LMDBStore(path: path)
    let session = RomeSession(store)
    #expect(!session.hasChanges && store.configuration.path == path)
  }
}
