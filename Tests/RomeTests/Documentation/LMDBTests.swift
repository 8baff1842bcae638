// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeLMDB
import Testing

/// The code of the overview of RomeLMDB.
@Suite struct LMDBTests {
  @Test func aStoreIsOpenedByThePathOfItsFile() async throws {
    let path = TemporaryFolder.shared.newPath()
    let store = try LMDBStore(path: path)
    let session = RomeSession(store)
    #expect(!session.hasChanges && store.configuration.path == path)
  }
}
