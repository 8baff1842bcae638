// SPDX-License-Identifier: Apache-2.0

import JSONService
import Rome
import RomeNova
import StoreTestSupport
import Testing

@testable import NovaDatabaseKit

/// A message in, a reply out.
@Suite struct NovaServiceTests {
  private let compute: JSONValue = ["host": "h", "binary": "nova-compute", "topic": "compute"]

  @Test func `Arguments come in order or by name, and a row is answered with all its columns`() async throws {
    let service = try await NovaService.inTestMode()
    let made = try await service.call("service_create", compute)
    #expect(made["$model"] == "Service" && made.fields["id"] == 1 && made.fields["host"] == "h")
    #expect(made.fields["updated_at"] == .some(.null) && made.fields["disabled"] == false)
    #expect(try await service.call("service_get", 1).fields == made.fields)
    #expect(try await service.call("service_get", named: ["service_id": "1"]).fields == made.fields)
    #expect(try await service.call("service_get_all", named: ["disabled": true]) == [])
    #expect(try await service.call("service_destroy", 1) == .null)
    #expect(try await service.call("service_get_all") == [])
    let deleted: JSONValue = ["is_admin": true, "read_deleted": "only"]
    #expect(try await service.call("service_get_all", context: deleted).arrayValue?.count == 1)
  }

  @Test(
    arguments: [
      ("service_get", [], [:], "TypeError"), ("service_get", [1, 2], [:], "TypeError"),
      ("service_get", [1], ["x": 1], "TypeError"), ("service_get", [[]], [:], "TypeError"),
      ("service_get", [["$datetime": "x"]], [:], "ValueError"), ("service_get", ["x"], [:], "ServiceNotFound"),
      ("nothing", [], [:], "NotImplementedError"),
    ] as [(String, JSONValue, JSONValue, String)])
  func `A call that can't be made is answered by an error`(
    _ method: String, _ arguments: JSONValue, _ named: JSONValue, _ type: String
  ) async throws {
    let message: JSONValue = [
      "method": .string(method), "context": .admin, "args": arguments, "kwargs": named,
    ]
    let error = await (try NovaService.inTestMode()).answer(message)["error"]
    #expect(error?["type"] == .string(type), "\(String(describing: error))")
    #expect(error?["kwargs"]?.objectValue != nil && error?["message"]?.stringValue != nil)
  }

  @Test func `An error has the fields of its exception, and the module that it comes from`() async throws {
    let service = try await NovaService.inTestMode()
    let reply = await service.answer(["method": "service_get", "context": .admin, "args": [7]])
    #expect(
      reply == [
        "error": [
          "type": "ServiceNotFound", "module": "nova.exception", "message": "", "kwargs": ["service_id": 7],
        ]
      ])
  }

  @Test(arguments: [
    "null", "[]", "{}", #"{"method": 5}"#, #"{"method": "service_get_all", "context": {"read_deleted": "maybe"}}"#,
    #"{"method": "service_get_all", "args": {"$tuple": []}, "kwargs": [1], "config": 5, "context": "x"}"#,
  ])
  func `A message of another form is answered, too`(_ text: String) async throws {
    let reply = await (try NovaService.inTestMode()).answer(try JSONReader.read(Array(text.utf8)))
    #expect((reply["error"] == nil) != (reply["result"] == nil))
  }

  @Test func `In test mode a message sets the clock and the options of its call only`() async throws {
    let service = try await NovaService.inTestMode()
    let now: JSONValue = ["$datetime": "2016-03-01T12:00:00.000001"]
    let row = try await service.call(
      "service_create", compute, and: ["now": now, "config": ["enable_new_services": false, "other.option": 1]])
    #expect(row.fields["created_at"] == now && row.fields["disabled"] == true)
    var other = compute.objectValue ?? [:]
    other["host"] = "other"
    let next = try await service.call("service_create", .object(other))
    #expect(next.fields["created_at"] != now && next.fields["disabled"] == false)
  }

  @Test(
    arguments: [
      ("now", ["$datetime": "2016-03-01T12:00:00.000000"]), ("config", ["enable_new_services": false]),
    ] as [(String, JSONValue)])
  func `Otherwise such a message is refused, and there is no reset`(_ name: String, _ value: JSONValue) async throws {
    let service = NovaService(NovaDatabase(MemoryStore()))
    let error = await #expect(throws: WireError.self) {
      try await service.call("service_create", self.compute, and: [name: value])
    }
    #expect(error?.type == "ValueError")
    #expect(try await service.call("service_get_all", and: ["now": nil, "config": [:]]) == [])
    let missing = await #expect(throws: WireError.self) { try await service.call("$reset", context: .null) }
    #expect(missing?.type == "NotImplementedError")
  }

  @Test(arguments: TestStoreKind.all)
  func `A reset leaves nothing, and numbers begin at 1 again`(_ kind: TestStoreKind) async throws {
    let database = try await NovaDatabase(resettable: { _, _ in try await kind.make() })
    let service = NovaService(database, testMode: true)
    for _ in 0..<3 {
      #expect(try await service.call("service_create", compute).fields["id"] == 1)
      #expect(try await service.call("$reset", context: .null) == .null)
      #expect(try await service.call("service_get_all") == [])
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `In Mitaka a reset leaves the flavors of its migrations`(_ kind: TestStoreKind) async throws {
    var options = NovaOptions()
    options.release = .mitaka
    let database = try await NovaDatabase(options: options, resettable: { _, _ in try await kind.make() })
    for _ in 0..<2 {
      _ = try await NovaService(database, testMode: true).call("$reset", context: .null)
      let session = RomeSession(database.store)
      let flavors = try await session.query(InstanceTypes.self).order(by: InstanceTypes.id).all()
      #expect(flavors.map(\.id) == [1, 2, 3, 4, 5])
      #expect(flavors.map(\.name) == ["m1.medium", "m1.tiny", "m1.large", "m1.xlarge", "m1.small"])
      #expect(flavors.map(\.flavorid) == ["3", "1", "4", "5", "2"])
      #expect(flavors.map(\.memoryMB) == [4096, 512, 8192, 16384, 2048])
      #expect(flavors.allSatisfy { $0.createdAt == nil && $0.updatedAt == nil && $0.isPublic == true })
    }
  }

  @Test func `Every function survives arguments of every type`() async throws {
    let values: [JSONValue] = [
      nil, true, 0, -1, 1.5, "", "x", [], [nil], [:], ["a": [[:]]], ["$datetime": "2016-03-01T12:00:00.000000"],
      ["$dict": [[1, 2]]], ["$model": "Service", "fields": ["id": 1]], ["$constraint": ["host": ["$equal_any": [1]]]],
    ]
    let service = try await NovaService.inTestMode()
    for method in MethodTable.all {
      for value in values {
        for count in 0...4 {
          let message: JSONValue = [
            "method": .string(method.name), "context": .admin,
            "args": .array([JSONValue](repeating: value, count: count)),
          ]
          let error = await service.answer(message)["error"]
          #expect(error?["message"] != "the database failed", "\(method.name) of \(count) times \(value)")
        }
      }
    }
  }
}
