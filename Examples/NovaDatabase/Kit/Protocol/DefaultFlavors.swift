// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova

/// The flavors that the schema migrations of Mitaka leave in an empty database. Later releases leave none.
enum DefaultFlavors {
  /// The flavors in the order of their numbers, which begin at 1.
  private static let all: [(name: String, flavorID: String, memory: Int, vcpus: Int, root: Int)] = [
    ("m1.medium", "3", 4096, 2, 40), ("m1.tiny", "1", 512, 1, 1), ("m1.large", "4", 8192, 4, 80),
    ("m1.xlarge", "5", 16384, 8, 160), ("m1.small", "2", 2048, 1, 20),
  ]

  /// Writes the flavors into an empty store.
  static func add(to store: any Store) async throws(RomeError) {
    let session = RomeSession(store)
    for flavor in all {
      let row = InstanceTypes(entityState: EntityState(of: InstanceTypes.self))
      row.name = flavor.name
      row.flavorid = flavor.flavorID
      row.memoryMB = flavor.memory
      row.vcpus = flavor.vcpus
      row.rootGB = flavor.root
      row.ephemeralGB = 0
      session.add(row)
    }
    try await session.flush()
    // A migration writes rows without the times that the models set.
    try await session.query(InstanceTypes.self).update(stored: ["created_at": .null, "updated_at": .null])
    try await session.commit()
  }
}
