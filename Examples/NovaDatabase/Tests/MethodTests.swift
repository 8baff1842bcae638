// SPDX-License-Identifier: Apache-2.0

import JSONService
import Rome
import RomeNova
import Testing

@testable import NovaDatabaseKit

@Suite struct MethodTests {
  private func call(
    _ name: String, _ positional: [WireValue] = [], _ named: [String: WireValue] = [:],
    on nova: NovaDatabase = NovaDatabase(MemoryStore())
  ) async throws -> JSONValue {
    try await #require(MethodTable()[name]).call(nova, .admin, positional, named)
  }

  private func expectTypeError(
    _ name: String, _ positional: [WireValue] = [], _ named: [String: WireValue] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    await #expect(sourceLocation: sourceLocation) {
      _ = try await call(name, positional, named)
    } throws: {
      ($0 as? NovaError)?.code == .typeError
    }
  }

  @Test func `Arguments come by position or by name`() async throws {
    let nova = NovaDatabase(MemoryStore())
    let first = try await call("ec2_volume_create", [.string("a"), .int(7)], on: nova)
    #expect(first["fields"]?["id"] == 7)
    let second = try await call("ec2_volume_create", [.string("b")], on: nova)
    #expect(second["fields"]?["id"] == 8)
    let third = try await call("ec2_volume_create", [], ["volume_uuid": .string("c"), "id": .int(1)], on: nova)
    #expect(third["fields"]?["id"] == 1)
    #expect(try await call("ec2_volume_get_by_id", [.string("8")], on: nova)["fields"]?["uuid"] == "b")
  }

  @Test func `Arguments that are missing, too many or unknown are refused`() async {
    await expectTypeError("ec2_volume_create")
    await expectTypeError("ec2_volume_create", [.string("a"), .int(1), .int(2)])
    await expectTypeError("ec2_volume_create", [.string("a")], ["number": .int(1)])
    await expectTypeError("ec2_volume_create", [.string("a")], ["volume_uuid": .string("a")])
    await expectTypeError("ec2_volume_get_by_id", [.list([])])
  }

  @Test func `A function that answers nothing answers null`() async throws {
    let nova = NovaDatabase(MemoryStore())
    _ = try await call("agent_build_create", [.object([:])], on: nova)
    #expect(try await call("agent_build_destroy", [.int(1)], on: nova) == .null)
  }

  @Test func `A method that there is not is not in the table`() {
    #expect(MethodTable()["drop_database"] == nil)
    #expect(MethodTable().names == MethodTable().names.sorted())
  }
}
