// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONService
import Rome
import RomeNova
import Testing

@testable import NovaDatabaseKit

@Suite struct WireAnswerTests {
  private let time = Date(timeIntervalSince1970: 1_456_833_600)

  private func encoder(_ release: NovaRelease = .ocata, _ form: WireEncoder.Form = .rows) -> WireEncoder {
    var options = NovaOptions()
    options.release = release
    return WireEncoder(options: options, form: form)
  }

  private func nova() -> NovaDatabase {
    let time = time
    return NovaDatabase(MemoryStore(), clock: { time })
  }

  @Test func `A row has all of its columns, null ones too`() async throws {
    let row = try await nova().s3ImageCreate(.admin, imageUUID: "u")
    #expect(
      row.wire(encoder()) == [
        "$model": "S3Image",
        "fields": [
          "id": 1, "uuid": "u", "created_at": ["$datetime": "2016-03-01T12:00:00.000000"], "updated_at": nil,
          "deleted_at": nil, "deleted": 0,
        ],
      ])
  }

  @Test func `A plain object is the fields of its row`() async throws {
    let row = try await nova().s3ImageCreate(.admin, imageUUID: "u")
    #expect(row.wire(encoder(.ocata, .objects)) == row.wire(encoder())["fields"])
    #expect(Optional(row).wire(encoder()) == row.wire(encoder()))
    #expect(NovaRow<S3Image>?.none.wire(encoder()) == .null)
  }

  @Test func `A row has the columns of its release`() async throws {
    let values = NovaBlockDeviceValues { $0.volumeID = "v" }
    let device = try await nova().blockDeviceMappingCreate(.admin, values: values)
    func has(_ column: String, _ release: NovaRelease) -> Bool {
      device.wire(encoder(release))["fields"]?[column] != nil
    }
    #expect(!has("tag", .mitaka) && has("tag", .ocata) && has("tag", .train))
    #expect(!has("uuid", .ocata) && has("uuid", .train) && has("attachment_id", .train))
    #expect(NovaRelease.allCases.allSatisfy { has("volume_id", $0) })
  }

  @Test func `Related rows stay rows in a plain object`() async throws {
    let nova = nova()
    let session = RomeSession(nova.store)
    session.add(Instance(uuid: "i"))
    try await session.commit()
    _ = try await nova.blockDeviceMappingCreate(
      .admin,
      values: NovaBlockDeviceValues {
        $0.instanceUUID = "i"
        $0.volumeID = "v"
      })
    let devices = try await nova.blockDeviceMappingGetAllByVolumeID(
      .admin, volumeID: "v", columnsToJoin: [.instance])
    let device = try #require(devices.wire(encoder(.ocata, .objects)).arrayValue?.first)
    #expect(device["volume_id"] == "v" && device["instance"]?["$model"] == "Instance")
    #expect(device["instance"]?["fields"]?["uuid"] == "i")
  }

  @Test func `An event of an action shows what it was reported with`() async throws {
    let nova = nova()
    _ = try await nova.actionStart(
      .admin,
      values: NovaValues {
        $0.instanceUUID = "i"
        $0.requestID = "r"
      })
    let event = try await nova.actionEventStart(
      .admin,
      values: NovaActionEventValues(
        instanceUUID: "i", requestID: "r", columns: NovaValues { $0.event = "schedule" }))
    let fields = event.wire(encoder())["fields"]
    #expect(fields?["instance_uuid"] == "i" && fields?["request_id"] == "r" && fields?["event"] == "schedule")
    #expect(event.wire(encoder())["$model"] == "InstanceActionEvent")
  }

  @Test func `Sets are sorted, and other values are themselves`() {
    #expect(Set(["b", "a"]).wire(encoder()) == ["$set": ["a", "b"]])
    #expect(["a": 1, "b": nil].wire(encoder()) == ["a": 1, "b": nil])
    #expect([true, false].wire(encoder()) == [true, false])
    #expect(time.wire(encoder()) == ["$datetime": "2016-03-01T12:00:00.000000"])
    let field: NovaField = ["list": [1, "a", nil], "time": .date(time), "number": .double(0.5)]
    #expect(
      field.wire(encoder()) == [
        "list": [1, "a", nil], "time": ["$datetime": "2016-03-01T12:00:00.000000"], "number": 0.5,
      ])
  }

  @Test func `All types of stored values can be sent`() {
    let encoder = encoder()
    #expect(encoder.encode(Value.bytes([97])) == ["$bytes": "YQ=="])
    #expect(encoder.encode(Value.double(1.5)) == 1.5)
    #expect(encoder.encode(Value.date(1)) == ["$datetime": "1970-01-01T00:00:00.000001"])
    #expect(encoder.encode(Value.json(Array("{}".utf8))) == "{}")
  }
}
