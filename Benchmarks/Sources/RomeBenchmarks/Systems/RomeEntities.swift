// SPDX-License-Identifier: Apache-2.0

import Rome

/// The table `instances`: what `@Entity` would write.
final class Instance: Entity {
  static let schema = EntitySchema(
    table: "instances",
    columns: [
      ColumnDescription("id", Int.self),
      ColumnDescription("uuid", String.self),
      ColumnDescription("host", String.self),
      ColumnDescription("project_id", String.self, property: "projectID"),
      ColumnDescription("user_id", String.self, property: "userID"),
      ColumnDescription("vm_state", String.self, property: "vmState"),
      ColumnDescription("task_state", String?.self, property: "taskState"),
      ColumnDescription("power_state", Int.self, property: "powerState"),
      ColumnDescription("display_name", String.self, property: "displayName"),
      ColumnDescription("hostname", String.self),
      ColumnDescription("image_ref", String.self, property: "imageRef"),
      ColumnDescription("flavor_id", Int.self, property: "flavorID"),
      ColumnDescription("memory_mb", Int.self, property: "memoryMB"),
      ColumnDescription("vcpus", Int.self),
      ColumnDescription("root_gb", Int.self, property: "rootGB"),
      ColumnDescription("availability_zone", String.self, property: "availabilityZone"),
      ColumnDescription("created_at", Int.self, property: "createdAt"),
      ColumnDescription("updated_at", Int?.self, property: "updatedAt"),
      ColumnDescription("deleted", Int.self),
      ColumnDescription("version", Int.self),
    ],
    primaryKey: ["id"], indexes: [.index("host", "created_at", "id"), .index("project_id")])
  static var id: Column<Instance, Int> { Column(0) }
  static var uuid: Column<Instance, String> { Column(1) }
  static var host: Column<Instance, String> { Column(2) }
  static var projectID: Column<Instance, String> { Column(3) }
  static var userID: Column<Instance, String> { Column(4) }
  static var vmState: Column<Instance, String> { Column(5) }
  static var taskState: Column<Instance, String?> { Column(6) }
  static var powerState: Column<Instance, Int> { Column(7) }
  static var displayName: Column<Instance, String> { Column(8) }
  static var hostname: Column<Instance, String> { Column(9) }
  static var imageRef: Column<Instance, String> { Column(10) }
  static var flavorID: Column<Instance, Int> { Column(11) }
  static var memoryMB: Column<Instance, Int> { Column(12) }
  static var vcpus: Column<Instance, Int> { Column(13) }
  static var rootGB: Column<Instance, Int> { Column(14) }
  static var availabilityZone: Column<Instance, String> { Column(15) }
  static var createdAt: Column<Instance, Int> { Column(16) }
  static var updatedAt: Column<Instance, Int?> { Column(17) }
  static var deleted: Column<Instance, Int> { Column(18) }
  static var version: Column<Instance, Int> { Column(19) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }

  init(_ row: InstanceRow) {
    entityState = EntityState(of: Instance.self)
    id = row.id
    uuid = row.uuid
    host = row.host
    projectID = row.projectID
    userID = row.userID
    vmState = row.vmState
    taskState = row.taskState
    powerState = row.powerState
    displayName = row.displayName
    hostname = row.hostname
    imageRef = row.imageRef
    flavorID = row.flavorID
    memoryMB = row.memoryMB
    vcpus = row.vcpus
    rootGB = row.rootGB
    availabilityZone = row.availabilityZone
    createdAt = row.createdAt
    updatedAt = row.updatedAt
    deleted = row.deleted
    version = row.version
  }

  var id: Int {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
  var uuid: String {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
  var host: String {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
  var projectID: String {
    get { entityState[3] }
    set { entityState[3] = newValue }
  }
  var userID: String {
    get { entityState[4] }
    set { entityState[4] = newValue }
  }
  var vmState: String {
    get { entityState[5] }
    set { entityState[5] = newValue }
  }
  var taskState: String? {
    get { entityState[6] }
    set { entityState[6] = newValue }
  }
  var powerState: Int {
    get { entityState[7] }
    set { entityState[7] = newValue }
  }
  var displayName: String {
    get { entityState[8] }
    set { entityState[8] = newValue }
  }
  var hostname: String {
    get { entityState[9] }
    set { entityState[9] = newValue }
  }
  var imageRef: String {
    get { entityState[10] }
    set { entityState[10] = newValue }
  }
  var flavorID: Int {
    get { entityState[11] }
    set { entityState[11] = newValue }
  }
  var memoryMB: Int {
    get { entityState[12] }
    set { entityState[12] = newValue }
  }
  var vcpus: Int {
    get { entityState[13] }
    set { entityState[13] = newValue }
  }
  var rootGB: Int {
    get { entityState[14] }
    set { entityState[14] = newValue }
  }
  var availabilityZone: String {
    get { entityState[15] }
    set { entityState[15] = newValue }
  }
  var createdAt: Int {
    get { entityState[16] }
    set { entityState[16] = newValue }
  }
  var updatedAt: Int? {
    get { entityState[17] }
    set { entityState[17] = newValue }
  }
  var deleted: Int {
    get { entityState[18] }
    set { entityState[18] = newValue }
  }
  var version: Int {
    get { entityState[19] }
    set { entityState[19] = newValue }
  }

  /// Reads all columns.
  func read(into sink: inout Sink) {
    sink.take(id)
    sink.take(uuid)
    sink.take(host)
    sink.take(projectID)
    sink.take(userID)
    sink.take(vmState)
    sink.take(taskState ?? "")
    sink.take(powerState)
    sink.take(displayName)
    sink.take(hostname)
    sink.take(imageRef)
    sink.take(flavorID)
    sink.take(memoryMB)
    sink.take(vcpus)
    sink.take(rootGB)
    sink.take(availabilityZone)
    sink.take(createdAt)
    sink.take(updatedAt ?? 0)
    sink.take(deleted)
    sink.take(version)
  }
}

/// The table `instance_metadata`.
final class InstanceMetadata: Entity {
  static let schema = EntitySchema(
    table: "instance_metadata",
    columns: [
      ColumnDescription("id", Int.self), ColumnDescription("instance_id", Int.self, property: "instanceID"),
      ColumnDescription("key", String.self), ColumnDescription("value", String.self),
    ],
    primaryKey: ["id"], indexes: [.index("instance_id")])
  static var id: Column<InstanceMetadata, Int> { Column(0) }
  static var instanceID: Column<InstanceMetadata, Int> { Column(1) }
  static var key: Column<InstanceMetadata, String> { Column(2) }
  static var value: Column<InstanceMetadata, String> { Column(3) }

  let entityState: EntityState
  init(entityState: EntityState) { self.entityState = entityState }

  init(_ row: MetadataRow) {
    entityState = EntityState(of: InstanceMetadata.self)
    id = row.id
    instanceID = row.instanceID
    key = row.key
    value = row.value
  }

  var id: Int {
    get { entityState[0] }
    set { entityState[0] = newValue }
  }
  var instanceID: Int {
    get { entityState[1] }
    set { entityState[1] = newValue }
  }
  var key: String {
    get { entityState[2] }
    set { entityState[2] = newValue }
  }
  var value: String {
    get { entityState[3] }
    set { entityState[3] = newValue }
  }
}
