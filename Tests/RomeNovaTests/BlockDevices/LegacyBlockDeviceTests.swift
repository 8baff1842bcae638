// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct LegacyBlockDeviceTests {
  private func create(
    _ values: NovaBlockDeviceValues, _ options: NovaOptions = NovaOptions()
  ) async throws -> NovaRow<BlockDeviceMapping> {
    try await TestStoreKind.memory.nova(options).blockDeviceMappingCreate(.admin, values: values)
  }

  @Test func `Swap space is an empty local disk that goes with its instance`() async throws {
    let device = try await create(NovaBlockDeviceValues(virtualName: "swap") { $0.deviceName = "sda3" })
    #expect(device.sourceType == "blank" && device.destinationType == "local" && device.guestFormat == "swap")
    #expect(device.deleteOnTermination == true && device.deviceName == "/dev/sda3" && device.bootIndex == nil)
  }

  @Test(arguments: ["ephemeral0", "ephemeral9", "ephemeral10"])
  func `An ephemeral disk is formatted as the configuration says`(_ name: String) async throws {
    let plain = try await create(NovaBlockDeviceValues(virtualName: name) { $0.deviceName = "/dev/sdb" })
    #expect(plain.sourceType == "blank" && plain.guestFormat == nil && plain.deviceName == "/dev/sdb")
    var options = NovaOptions()
    options.defaultEphemeralFormat = "ext4"
    #expect(try await create(NovaBlockDeviceValues(virtualName: name) { _ in }, options).guestFormat == "ext4")
  }

  @Test(arguments: ["ephemeral", "ephemeral01", "ephemeralx", "swap1", "ami", ""])
  func `Other virtual names say nothing`(_ name: String) async throws {
    await expectError(.invalidBDMFormat, ["details": "Unrecognized legacy format."]) {
      _ = try await create(NovaBlockDeviceValues(virtualName: name) { $0.deviceName = "/dev/sdb" })
    }
    let volume = try await create(NovaBlockDeviceValues(virtualName: name) { $0.volumeID = "v" })
    #expect(volume.sourceType == "volume")
  }

  @Test func `A snapshot is made into a volume, and a volume is one`() async throws {
    let snapshot = try await create(
      NovaBlockDeviceValues {
        $0.snapshotID = "s"
        $0.volumeID = "v"
        $0.volumeSize = 10
        $0.deleteOnTermination = true
      })
    #expect(snapshot.sourceType == "snapshot" && snapshot.destinationType == "volume" && snapshot.volumeSize == 10)
    #expect(snapshot.volumeID == "v" && snapshot.deleteOnTermination == true)
    let volume = try await create(
      NovaBlockDeviceValues {
        $0.snapshotID = ""
        $0.volumeID = "v"
        $0.connectionInfo = "{}"
      })
    #expect(volume.sourceType == "volume" && volume.destinationType == "volume" && volume.connectionInfo == "{}")
    #expect(volume.deleteOnTermination == false)
  }

  @Test func `A device that is left out needs nothing else`() async throws {
    let device = try await create(
      NovaBlockDeviceValues {
        $0.noDevice = true
        $0.deviceName = "sd b"
        $0.volumeSize = -1
      })
    #expect(device.noDevice == true && device.sourceType == nil && device.deviceName == "/dev/sd b")
  }

  @Test func `What the legacy format does not know is not taken from it`() async throws {
    let device = try await create(
      NovaBlockDeviceValues {
        $0.instanceUUID = "i"
        $0.volumeID = "v"
        $0.sourceType = "image"
        $0.imageID = "m"
        $0.tag = "t"
        $0.bootIndex = 0
        $0.guestFormat = "ext4"
        $0.diskBus = "virtio"
        $0.deviceType = "disk"
      })
    #expect(device.instanceUUID == "i" && device.sourceType == "volume" && device.imageID == nil && device.tag == nil)
    #expect(device.bootIndex == nil && device.guestFormat == nil && device.diskBus == nil && device.deviceType == nil)
  }

  @Test(arguments: [
    ("", "Device name empty or too long."), (String(repeating: "a", count: 256), "Device name empty or too long."),
    ("/dev/sd b", "Device name contains spaces."),
  ])
  func `A name of a device has 1 to 255 characters and no space`(_ name: String, _ details: String) async throws {
    await expectError(.invalidBDMFormat, ["details": .string(details)]) {
      _ = try await create(
        NovaBlockDeviceValues {
          $0.volumeID = "v"
          $0.deviceName = name
        })
    }
  }

  @Test func `A size is not negative`() async throws {
    await expectError(.invalidBDMFormat, ["details": "Invalid volume_size."]) {
      _ = try await create(
        NovaBlockDeviceValues {
          $0.volumeID = "v"
          $0.volumeSize = -1
        })
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A change in the legacy format keeps what the format can't say, and clears the rest`(
    _ kind: TestStoreKind
  ) async throws {
    let nova = try await kind.nova()
    let columns = NovaBlockDeviceValues {
      $0.sourceType = "image"
      $0.destinationType = "volume"
      $0.imageID = "m"
      $0.bootIndex = 0
      $0.diskBus = "virtio"
      $0.deviceName = "/dev/vda"
    }
    _ = try await nova.blockDeviceMappingCreate(.admin, values: columns, legacy: false)
    let legacy = NovaBlockDeviceValues(virtualName: "ephemeral0") { _ in }
    let device = try #require(try await nova.blockDeviceMappingUpdate(.admin, id: 1, values: legacy))
    #expect(device.sourceType == "blank" && device.destinationType == "local" && device.imageID == nil)
    #expect(device.bootIndex == 0 && device.diskBus == "virtio" && device.deviceName == nil)
  }

  @Test(arguments: TestStoreKind.all)
  func `A change that has columns only is taken as it is`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.blockDeviceMappingCreate(
      .admin,
      values: NovaBlockDeviceValues {
        $0.volumeID = "v"
        $0.deviceName = "vdb"
      })
    let device = try await nova.blockDeviceMappingUpdate(
      .admin, id: 1, values: NovaBlockDeviceValues { $0.connectionInfo = "{}" })
    #expect(device?.volumeID == "v" && device?.deviceName == "/dev/vdb" && device?.connectionInfo == "{}")
  }
}
