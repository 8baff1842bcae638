// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONService
import Rome
import RomeNova
import Testing

@testable import NovaDatabaseKit

@Suite struct WireArgumentTests {
  private func read<T: WireArgument>(_ json: JSONValue, as type: T.Type = T.self) throws -> T {
    try T(wire: try WireValue(json))
  }

  private func expectRefusal<T: WireArgument>(
    _ code: NovaError.Code, _ type: T.Type, _ json: JSONValue, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(sourceLocation: sourceLocation) {
      _ = try read(json, as: type)
    } throws: {
      ($0 as? NovaError)?.code == code
    }
  }

  @Test func `A number may come as a text, and a text that is none finds no row`() throws {
    #expect(try read(5, as: Int.self) == 5)
    #expect(try read("5", as: Int.self) == 5)
    #expect(try read("five", as: Int.self) == Int.noRow)
    #expect(try read(nil, as: Int.self) == Int.noRow)
    #expect(try read(nil, as: Int?.self) == nil)
    expectRefusal(.typeError, Int.self, [])
    expectRefusal(.typeError, Int64.self, "five")
  }

  @Test func `A text may come as a number, and null is the name that Python writes for it`() throws {
    #expect(try read(5, as: String.self) == "5")
    #expect(try read(nil, as: String.self) == "None")
    #expect(try read(nil, as: String?.self) == nil)
    expectRefusal(.typeError, String.self, ["a": 1])
  }

  @Test func `A time comes as itself or as a text`() throws {
    let time = Date(timeIntervalSince1970: 1_456_833_600.5)
    #expect(try read(["$datetime": "2016-03-01T12:00:00.500000"], as: Date.self) == time)
    #expect(try read("2016-03-01T12:00:00.5", as: Date.self) == time)
    #expect(try read("2016-03-01 12:00:00.5+00:00", as: Date.self) == time)
    expectRefusal(.valueError, Date.self, "soon")
    expectRefusal(.typeError, Date.self, 5)
  }

  @Test func `Lists and objects have elements of one type`() throws {
    #expect(try read(["$set": ["a", 1]], as: [String].self) == ["a", "1"])
    #expect(try read(["a": 1, "b": "2"], as: [String: Int].self) == ["a": 1, "b": 2])
    expectRefusal(.typeError, [String].self, "a")
    expectRefusal(.typeError, [Int64].self, [1, "a"])
    expectRefusal(.typeError, [String: Int].self, [1])
  }

  @Test func `Values get the types of their columns, and what is no column is left out`() throws {
    let values = try read(
      [
        "host": "compute1", "report_count": "3", "disabled": 1, "reportCount": 9, "unknown": [1],
        "created_at": "2016-03-01T12:00:00", "topic": nil,
      ],
      as: NovaValues<Service>.self)
    #expect(values.host == "compute1" && values.reportCount == 3 && values.disabled == true)
    #expect(values.createdAt == Date(timeIntervalSince1970: 1_456_833_600))
    #expect(values.assigns(Service.topic) && values.topic == nil && values.assigned.count == 5)
    #expect(try read(["$model": "Service", "fields": ["id": 2]], as: NovaValues<Service>.self).id == 2)
  }

  @Test func `A value that a column can't hold is refused`() {
    expectRefusal(.dbError, NovaValues<Service>.self, ["report_count": "three"])
    expectRefusal(.dbError, NovaValues<Service>.self, ["host": ["a": 1]])
    expectRefusal(.valueError, NovaValues<Service>.self, ["created_at": "soon"])
    expectRefusal(.typeError, NovaValues<Service>.self, "host")
  }

  @Test func `A block device tells of members that are no columns`() throws {
    let columns = try read(["device_name": "/dev/vda", "uuid": "u"], as: NovaBlockDeviceValues.self)
    #expect(!columns.hasOtherMembers && columns.virtualName == nil && columns.columns.deviceName == "/dev/vda")
    let legacy = try read(["device_name": "sda3", "virtual_name": "swap"], as: NovaBlockDeviceValues.self)
    #expect(legacy.hasOtherMembers && legacy.virtualName == "swap")
    let volume = try read(["volume_id": "v", "virtual_name": nil], as: NovaBlockDeviceValues.self)
    #expect(volume.hasOtherMembers && volume.virtualName == nil)
  }

  @Test func `The size of a block device may be empty, and must be a number else`() throws {
    let empty = try read(["volume_size": ""], as: NovaBlockDeviceValues.self)
    #expect(!empty.columns.assigns(BlockDeviceMapping.volumeSize))
    #expect(try read(["volume_size": "5"], as: NovaBlockDeviceValues.self).columns.volumeSize == 5)
    let null = try read(["volume_size": nil], as: NovaBlockDeviceValues.self)
    #expect(null.columns.assigns(BlockDeviceMapping.volumeSize))
    expectRefusal(.invalidBDMFormat, NovaBlockDeviceValues.self, ["volume_size": "large"])
  }

  @Test(arguments: [("True", true), (" yes", true), ("1", true), ("False", false), ("no", false), ("?", false)])
  func `Whether a volume is deleted may come as a text`(_ text: String, _ isDeleted: Bool) throws {
    let device = try read(["delete_on_termination": .string(text)], as: NovaBlockDeviceValues.self)
    #expect(device.columns.deleteOnTermination == isDeleted)
  }

  @Test func `An event of an action is told apart from what it is found by`() throws {
    let event = try read(
      ["instance_uuid": "i", "request_id": "r", "event": "schedule", "result": nil], as: NovaActionEventValues.self)
    #expect(event.instanceUUID == "i" && event.requestID == "r")
    #expect(
      event.columns
        == NovaValues {
          $0.event = "schedule"
          $0.result = nil
        })
  }

  @Test func `Filters of actions may be missing, and name times`() throws {
    #expect(try read(nil, as: NovaActionFilters.self) == NovaActionFilters())
    let filters = try read(
      ["changes-since": "2016-03-01T12:00:00", "changes-before": nil, "other": 1], as: NovaActionFilters.self)
    #expect(filters == NovaActionFilters(changesSince: Date(timeIntervalSince1970: 1_456_833_600)))
    expectRefusal(.typeError, NovaActionFilters.self, "all")
  }
}
