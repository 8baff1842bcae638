// SPDX-License-Identifier: Apache-2.0

import Rome
import RomeNova
import StoreTestSupport
import Testing

@Suite struct EC2MappingTests {
  private let user = NovaContext.of("project")

  @Test(arguments: TestStoreKind.all)
  func `Instances, volumes and snapshots are counted by themselves`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    let instance = try await nova.ec2InstanceCreate(user, instanceUUID: "i")
    let volume = try await nova.ec2VolumeCreate(user, volumeUUID: "v")
    let snapshot = try await nova.ec2SnapshotCreate(user, snapshotUUID: "s")
    #expect(instance.id == 1 && volume.id == 1 && snapshot.id == 1)
    #expect(try await nova.ec2InstanceCreate(user, instanceUUID: "j").id == 2)

    #expect(try await nova.ec2InstanceGetByID(user, instanceID: 1).uuid == "i")
    #expect(try await nova.ec2InstanceGetByUUID(user, instanceUUID: "j").id == 2)
    #expect(try await nova.getInstanceUUIDByEC2ID(user, ec2ID: 2) == "j")
    #expect(try await nova.ec2VolumeGetByID(user, volumeID: 1).uuid == "v")
    #expect(try await nova.ec2VolumeGetByUUID(user, volumeUUID: "v").id == 1)
    #expect(try await nova.ec2SnapshotGetByEC2ID(user, ec2ID: 1).uuid == "s")
    #expect(try await nova.ec2SnapshotGetByUUID(user, snapshotUUID: "s").id == 1)
  }

  @Test(arguments: TestStoreKind.all)
  func `A caller may choose the number, and the next ones come behind it`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    #expect(try await nova.ec2VolumeCreate(user, volumeUUID: "a", id: 7).id == 7)
    #expect(try await nova.ec2VolumeCreate(user, volumeUUID: "b").id == 8)
    await expectError(.dbDuplicateEntry) {
      _ = try await nova.ec2VolumeCreate(user, volumeUUID: "c", id: 7)
    }
    #expect(try await nova.ec2VolumeGetByID(user, volumeID: 7).uuid == "a")
  }

  @Test(arguments: TestStoreKind.all)
  func `What is not there is told by the name of what was asked for`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    await expectError(.instanceNotFound, ["instance_id": 5]) {
      _ = try await nova.getInstanceUUIDByEC2ID(user, ec2ID: 5)
    }
    await expectError(.instanceNotFound, ["instance_id": "x"]) {
      _ = try await nova.ec2InstanceGetByUUID(user, instanceUUID: "x")
    }
    await expectError(.volumeNotFound, ["volume_id": 5]) { _ = try await nova.ec2VolumeGetByID(user, volumeID: 5) }
    await expectError(.volumeNotFound, ["volume_id": "x"]) {
      _ = try await nova.ec2VolumeGetByUUID(user, volumeUUID: "x")
    }
    await expectError(.snapshotNotFound, ["snapshot_id": 5]) {
      _ = try await nova.ec2SnapshotGetByEC2ID(user, ec2ID: 5)
    }
    await expectError(.snapshotNotFound, ["snapshot_id": "x"]) {
      _ = try await nova.ec2SnapshotGetByUUID(user, snapshotUUID: "x")
    }
  }

  @Test(arguments: TestStoreKind.all)
  func `A deleted mapping is found, and the first of those with the same UUID`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.ec2SnapshotCreate(user, snapshotUUID: "s")
    _ = try await nova.ec2SnapshotCreate(user, snapshotUUID: "s")
    let session = RomeSession(nova.store)
    try await session.query(SnapshotIdMapping.self).softDelete()
    try await session.commit()
    let found = try await nova.ec2SnapshotGetByUUID(user, snapshotUUID: "s")
    #expect(found.id == 1 && found.deleted == 1)
    #expect(try await nova.ec2SnapshotGetByEC2ID(user, ec2ID: 2).isDeleted)
  }

  @Test(arguments: TestStoreKind.all)
  func `A mapping is found by an index`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    _ = try await nova.ec2VolumeCreate(user, volumeUUID: "v")
    let (_, plans) = try await nova.explaining { nova in
      _ = try await nova.ec2VolumeGetByUUID(user, volumeUUID: "v")
      _ = try await nova.ec2VolumeGetByID(user, volumeID: 1)
    }
    #expect(plans.count == 2 && plans.allSatisfy { !$0.hasFullScan }, "\(plans)")
  }

  @Test func `An anonymous caller gets no answer`() async throws {
    let nova = try await TestStoreKind.memory.nova()
    let nobody = NovaContext()
    await expectError(.forbidden) { _ = try await nova.ec2InstanceCreate(nobody, instanceUUID: "i") }
    await expectError(.forbidden) { _ = try await nova.ec2InstanceGetByID(nobody, instanceID: 1) }
    await expectError(.forbidden) { _ = try await nova.ec2VolumeGetByUUID(nobody, volumeUUID: "v") }
    await expectError(.forbidden) { _ = try await nova.ec2SnapshotGetByEC2ID(nobody, ec2ID: 1) }
  }

  @Test(arguments: TestStoreKind.all)
  func `An image has a number, also when it is deleted`(_ kind: TestStoreKind) async throws {
    let nova = try await kind.nova()
    #expect(try await nova.s3ImageCreate(.admin, imageUUID: "a").id == 1)
    #expect(try await nova.s3ImageCreate(.admin, imageUUID: "b").id == 2)
    let session = RomeSession(nova.store)
    try await session.query(S3Image.self).filter(S3Image.id == 2).softDelete()
    try await session.commit()
    #expect(try await nova.s3ImageGet(.admin, imageID: 2).uuid == "b")
    #expect(try await nova.s3ImageGetByUUID(.admin, imageUUID: "a").id == 1)
    await expectError(.imageNotFound, ["image_id": 3]) { _ = try await nova.s3ImageGet(.admin, imageID: 3) }
    await expectError(.imageNotFound, ["image_id": "c"]) {
      _ = try await nova.s3ImageGetByUUID(.admin, imageUUID: "c")
    }
  }
}
