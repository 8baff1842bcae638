// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONService
import RomeNova
import Testing
@testable import NovaDatabaseKit

@Suite struct InstanceFiltersTests {
  private func filters(_ json: JSONValue) throws -> InstanceFilters { try InstanceFilters(wire: WireValue(json)) }

  @Test
  func `A value is itself, a list is one of several, and null is none`() throws {
    let filters = try filters([
      "host": "h1", "vm_state": ["active", .null], "task_state": .null, "instance_type_id": "7", "uuid": [],
    ])
    #expect(filters.host == .equals("h1") && filters.vmState == .anyOf(["active", nil]))
    #expect(filters.taskState == .equals(nil) && filters.instanceTypeID == .equals(7) && filters.uuid == .anyOf([]))
    #expect(filters.projectID == nil && filters.patterns.isEmpty)
  }

  @Test
  func `What is true for Python is true`() throws {
    let filters = try filters(["deleted": .null, "soft_deleted": "no", "cleaned": 0, "hidden": 1])
    #expect(filters.deleted == false && filters.softDeleted == true && filters.cleaned == false && filters.hidden)
    #expect(try self.filters([:]) == InstanceFilters())
  }

  @Test
  func `Times, tags and metadata have their types`() throws {
    let filters = try filters([
      "changes-since": ["$datetime": "2016-03-01T12:00:00.000000+00:00"], "tags": ["$tuple": ["a"]], "tags-any": [],
      "not-tags": ["b"], "metadata": ["k": "v"], "system_metadata": [["k": 1], ["l": .null]],
    ])
    #expect(filters.changesSince == Date(timeIntervalSince1970: 1_456_833_600))
    #expect(filters.tags == ["a"] && filters.anyOfTags == [] && filters.notTags == ["b"])
    #expect(filters.metadata == [["k": "v"]] && filters.systemMetadata == [["k": "1"], ["l": nil]])
  }

  @Test
  func `Blocks of EC2 filter metadata, and blocks of other names don't`() throws {
    let blocks: JSONValue = [
      ["name": "tag-key", "value": "k"], ["name": "tag-value", "value": ["v", "w"]],
      ["name": "tag:k", "value": ["a": "v"]], ["name": "other", "value": "x"], "text", ["value": "x"],
    ]
    let filters = try filters(["filter": blocks])
    #expect(filters.metadataTags == [.keys(["k"]), .values(["v", "w"]), .entry("k", ["v"])])
    let error = #expect(throws: NovaError.self) {
      try self.filters(["filter": [["name": "tag-other", "value": "x"]]])
    }
    #expect(error?.code == .invalidParameterValue && error?.fields["err"] == "Invalid field name: other")
  }

  @Test
  func `All else is a pattern, as Python writes it`() throws {
    let filters = try filters(["display_name": "^a", "memory_mb": 512, "os_type": .null, "a": true, "b": ["x", 1]])
    #expect(
      filters.patterns == ["display_name": "^a", "memory_mb": "512", "os_type": "None", "a": "True", "b": "['x', 1]"])
  }

  @Test
  func `A direction is one of two`() throws {
    #expect(try SortDirection(wire: .string("asc")) == .ascending)
    let error = #expect(throws: NovaError.self) { try SortDirection(wire: .string("up")) }
    #expect(error?.code == .invalidInput)
  }

  @Test
  func `What was archived is an object, and from Train on a tuple`() {
    var rows = ArchivedRows()
    rows.counts = ["instances": 2]
    rows.instanceUUIDs = ["u"]
    var options = NovaOptions()
    #expect(rows.wire(WireEncoder(options: options)) == ["instances": 2])
    options.release = .train
    #expect(rows.wire(WireEncoder(options: options)) == ["$tuple": [["instances": 2], ["u"], 2]])
  }
}
