// SPDX-License-Identifier: Apache-2.0

import Foundation
import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct InstanceWindowsTests {
  @Test(arguments: TestStoreKind.all)
  func `A window has what ran in it, deleted ones too, by project and UUID`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    func instance(_ number: Int, _ launched: Int?, _ terminated: Int?, _ project: String = "p1") -> Instance {
      Instance(number) {
        $0.launchedAt = launched.map { testTime($0) }
        $0.terminatedAt = terminated.map { testTime($0) }
        $0.projectID = project
        $0.host = "h\(number)"
        if terminated != nil { $0.markDeleted() }
      }
    }
    try await nova.write([
      instance(1, 0, 10), instance(2, 0, 11), instance(3, 20, nil, "p0"), instance(4, 19, nil), instance(5, nil, nil),
    ])
    func ran(
      end: Int? = nil, project: String? = nil, host: String? = nil, limit: Int? = nil, marker: Int? = nil
    )
      async throws -> [Int]
    {
      try await nova.instanceGetActiveByWindowJoined(
        .admin, begin: testTime(10), end: end.map { testTime($0) }, projectID: project, host: host, joins: [],
        limit: limit, marker: marker.map { testUUID($0) }
      ).numbers
    }
    #expect(try await ran() == [3, 2, 4, 5])
    #expect(try await ran(end: 20) == [2, 4])
    #expect(try await ran(project: "p1") == [2, 4, 5])
    #expect(try await ran(host: "h3") == [3])
    #expect(try await ran(limit: 2) == [3, 2])
    #expect(try await ran(limit: 2, marker: 2) == [4, 5])
    await expectError(.markerNotFound, ["marker": .string(testUUID(8))]) { _ = try await ran(marker: 8) }
  }

  @Test(arguments: TestStoreKind.all)
  func `Hung ones have been rebooting since the window or longer`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova().at(testTime(100))
    func instance(_ number: Int, _ state: String, _ updated: Int?) -> Instance {
      Instance(number) { ($0.taskState, $0.updatedAt) = (state, updated.map { testTime($0) }) }
    }
    let gone = instance(5, "rebooting", 1)
    gone.markDeleted()
    try await nova.write([
      instance(1, "rebooting", 90), instance(2, "rebooting", 91), instance(3, "building", 1),
      instance(4, "rebooting", nil), gone,
    ])
    #expect(try await nova.instanceGetAllHungInRebooting(.admin, rebootWindow: 10).numbers == [1])
  }
}
