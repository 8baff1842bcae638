// SPDX-License-Identifier: Apache-2.0

import JSONService
import NovaDatabaseKit
import Rome
import RomeNova
import Testing

@Suite struct ComputeMethodTests {
  private let service = NovaService(NovaDatabase(MemoryStore()))

  /// Calls a function as an administrator, and returns its result; of an error that is nil.
  @discardableResult
  private func call(_ method: String, _ arguments: JSONValue...) async -> JSONValue? {
    await service.answer(["method": .string(method), "context": ["is_admin": true], "args": .array(arguments)])[
      "result"]
  }

  @Test func `The smallest version is a number for one binary, and an object for a list`() async {
    await call("service_create", ["host": "h", "binary": "nova-compute", "topic": "compute", "version": 4])
    #expect(await call("service_get_minimum_version", "nova-compute") == 4)
    #expect(await call("service_get_minimum_version", "nova-api") == .null)
    #expect(await call("service_get_minimum_version", ["nova-compute", "nova-api"]) == ["nova-compute": 4])
  }

  @Test func `A flavor is a plain object with its extra specs by key`() async {
    let values: JSONValue = [
      "flavorid": "f1", "name": "n1", "memory_mb": 512, "vcpus": 1, "extra_specs": ["a": "1"],
    ]
    let flavor = await call("flavor_create", values, ["p1"])
    #expect(flavor?["extra_specs"] == ["a": "1"] && flavor?["memory_mb"] == 512 && flavor?["$model"] == nil)
    #expect(await call("flavor_get_by_flavor_id", "f1", .null) == flavor)
    #expect(await call("flavor_get_all", false, ["min_memory_mb": 1024, "is_public": .null]) == [])
    #expect(await call("flavor_access_get_by_flavor_id", "f1")?.arrayValue?.count == 1)
  }

  @Test func `Filters of migrations tell null from what is not there`() async {
    await call("migration_create", ["status": "queued", "migration_type": "resize"])
    await call("migration_create", ["status": "running"])
    func ids(_ filters: JSONValue) async -> [JSONValue?]? {
      await call("migration_get_all_by_filters", filters)?.arrayValue?.map { $0["fields"]?["id"] }
    }
    #expect(await ids([:]) == [1, 2])
    #expect(await ids([]) == [1, 2])
    #expect(await ids(["migration_type": .null]) == [2])
    #expect(await ids(["status": "queued"]) == [1])
    #expect(await ids(["status": ["queued", "running"], "migration_type": "resize"]) == [1])
  }

  @Test func `An aggregate shows its metadata, and takes its availability zone by itself`() async {
    await call("aggregate_create", ["name": "a"], ["ssd": "1"])
    let updated = await call("aggregate_update", 1, ["availability_zone": "z"])
    #expect(updated?["fields"]?["metadetails"] == ["ssd": "1", "availability_zone": "z"])
    #expect(updated?["fields"]?["availability_zone"] == "z" && updated?["fields"]?["hosts"] == [])
    await call("aggregate_host_add", 1, "h")
    #expect(await call("aggregate_metadata_get_by_host", "h", "ssd") == ["ssd": ["$set": ["1"]]])
  }

  @Test func `A group of instances shows its members and policies as properties`() async {
    let group = await call("instance_group_create", ["uuid": "g", "name": "n"], ["affinity"], .null)
    #expect(group?["properties"] == ["policies": ["affinity"], "members": []])
    #expect(await call("instance_group_update", "g", ["members": ["i1"], "name": "m"]) == .null)
    #expect(await call("instance_group_members_get", "g") == ["i1"])
  }

  @Test func `Statistics have the names of Nova's columns`() async {
    let statistics = await call("compute_node_statistics")
    #expect(statistics?.objectValue?.count == 12 && statistics?["disk_available_least"] == 0)
  }
}
