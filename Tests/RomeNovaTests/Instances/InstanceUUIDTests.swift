// SPDX-License-Identifier: Apache-2.0

import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceUUIDTests {
  @Test(arguments: [
    ("5c405de4-7015-42ce-87d9-f553a2a05029", true), ("5C405DE4701542CE87D9F553A2A05029", true),
    ("{5c405de4-7015-42ce-87d9-f553a2a05029}", true), ("urn:uuid:5c405de4-7015-42ce-87d9-f553a2a05029", true),
    ("5c405de4-7015-42ce-87d9-f553a2a0502", false), ("5c405de4-7015-42ce-87d9-f553a2a0502g", false), ("", false),
    ("{}", false), ("５c405de4-7015-42ce-87d9-f553a2a05029", false),
  ])
  func `What is no UUID is told from what is not there`(_ text: String, _ isUUID: Bool) async throws {
    let nova = try await TestStoreKind.memory.nova()
    await expectError(isUUID ? .instanceNotFound : .invalidUUID) {
      try await nova.instanceUpdate(.admin, uuid: text, changes: InstanceChanges())
    }
  }
}
