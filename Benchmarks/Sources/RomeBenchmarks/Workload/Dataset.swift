// SPDX-License-Identifier: Apache-2.0

/// The last step of splitmix64: equal in Swift and in `Python/workload.py`, so that all systems have the same data.
func mix(_ seed: UInt64) -> UInt64 {
  var z = seed &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// A row of `instances` as a value: what systems without records of their own decode to.
struct InstanceRow: Codable, Sendable {
  var id = 0
  var uuid = ""
  var host = ""
  var projectID = ""
  var userID = ""
  var vmState = ""
  var taskState: String?
  var powerState = 0
  var displayName = ""
  var hostname = ""
  var imageRef = ""
  var flavorID = 0
  var memoryMB = 0
  var vcpus = 0
  var rootGB = 0
  var availabilityZone = ""
  var createdAt = 0
  var updatedAt: Int?
  var deleted = 0
  var version = 0
}

/// A row of `instance_metadata`.
struct MetadataRow: Sendable {
  var id: Int
  var instanceID: Int
  var key: String
  var value: String
}

/// The rows that every system is loaded with, and the inputs of the operations.
struct Dataset: Sendable {
  /// How many instances; a multiple of 1000.
  let count: Int
  let rows: [InstanceRow]

  init(count: Int) {
    self.count = count
    rows = (0..<count).map { Self.row($0 + 1, of: count) }
  }

  /// The bytes of the texts, and eight for each number, of all instances and their metadata: what is to be kept, without how.
  var bytes: Int {
    rows.reduce(0) { sum, row in
      let texts = [
        row.uuid, row.host, row.projectID, row.userID, row.vmState, row.taskState ?? "", row.displayName, row.hostname,
        row.imageRef, row.availabilityZone,
      ]
      let metadata = Self.metadata(of: row.id).reduce(0) { $0 + 16 + $1.key.utf8.count + $1.value.utf8.count }
      return sum + 80 + metadata + texts.reduce(0) { $0 + $1.utf8.count }
    }
  }

  static func host(_ number: Int) -> String { "compute-" + padded(number, 3, 10) }

  static func project(_ number: Int) -> String {
    hexadecimal(UInt64(number), salt: 3) + hexadecimal(UInt64(number), salt: 4)
  }

  /// A row by its id. Ids above the count are of inserted rows, whose hosts and projects nobody asks for.
  static func row(_ id: Int, of count: Int) -> InstanceRow {
    func draw(_ salt: UInt64, _ bound: UInt64) -> Int { Int(mix(UInt64(id) &* 64 &+ salt) % bound) }
    let isLoaded = id <= count
    let state = draw(5, 100)
    let hex = hexadecimal(UInt64(id), salt: 1) + hexadecimal(UInt64(id), salt: 2)
    let image = hexadecimal(UInt64(draw(6, 50)), salt: 7)
    return InstanceRow(
      id: id, uuid: uuid(hex), host: isLoaded ? host(id % 100) : "insert-" + padded(id % 100, 3, 10),
      projectID: isLoaded ? project(id * 613 % 1000) : "i" + project(id * 613 % 1000).dropFirst(),
      userID: hexadecimal(UInt64(draw(8, 5000)), salt: 9) + hexadecimal(0, salt: 9),
      vmState: state < 85 ? "active" : state < 95 ? "stopped" : state < 98 ? "error" : "building",
      taskState: draw(10, 50) == 0 ? "migrating" : nil, powerState: draw(11, 8),
      displayName: "instance-" + padded(id, 8, 16), hostname: "host-" + padded(id, 8, 16),
      imageRef: uuid(image + image), flavorID: draw(12, 40), memoryMB: 2048 << draw(13, 8), vcpus: 1 << draw(14, 5),
      rootGB: 10 * (1 + draw(15, 8)), availabilityZone: "zone-" + String(draw(16, 4)),
      createdAt: 1_700_000_000_000_000 + draw(17, 31_536_000_000_000),
      updatedAt: draw(18, 4) == 0 ? nil : 1_732_000_000_000_000 + draw(19, 31_536_000_000_000),
      deleted: draw(20, 20) == 0 ? id : 0, version: 1)
  }

  /// The metadata of an instance.
  static func metadata(of instance: Int) -> [MetadataRow] {
    (0..<2).map { number in
      MetadataRow(
        id: instance * 2 - 1 + number, instanceID: instance, key: "key-\(number)",
        value: "value-" + padded(Int(mix(UInt64(instance * 2 + number)) % 100_000), 6, 10))
    }
  }

  /// The random number that an execution begins with: the same in all systems.
  static func seed(_ operation: Operation, _ iteration: Int) -> UInt64 {
    mix(operation.rawValue.utf8.reduce(UInt64(iteration) &* 1009) { $0 &+ UInt64($1) &* 65_537 })
  }

  /// A random primary key.
  func key(_ operation: Operation, _ iteration: Int) -> Int {
    1 + Int(Self.seed(operation, iteration) % UInt64(count))
  }

  /// The 100 keys of an execution of `b.mget100`: distinct, since a set of rows is asked for.
  func keys(_ iteration: Int) -> [Int] {
    let first = Self.seed(.getMany, iteration)
    let step = UInt64(count / 100)
    return (0..<100).map { 1 + Int((first % UInt64(count) &+ UInt64($0) &* step) % UInt64(count)) }
  }

  /// A random host.
  func host(_ operation: Operation, _ iteration: Int) -> String {
    Self.host(Int(Self.seed(operation, iteration) % 100))
  }

  /// A random project.
  func project(_ iteration: Int) -> String { Self.project(Int(Self.seed(.join, iteration) % 1000)) }

  /// The row behind which an execution of `d.next` begins.
  func marker(_ iteration: Int) -> InstanceRow { rows[key(.nextPage, iteration) - 1] }

  /// The rows that an execution inserts.
  func inserted(_ operation: Operation, _ iteration: Int) -> [InstanceRow] {
    insertedIDs(operation, iteration).map { Self.row($0, of: count) }
  }

  /// The ids of the rows that an execution inserts.
  func insertedIDs(_ operation: Operation, _ iteration: Int) -> Range<Int> {
    let first = count + 1 + iteration * operation.insertedRows
    return first..<first + operation.insertedRows
  }
}

/// A number with zeros in front of it.
private func padded(_ number: Int, _ width: Int, _ radix: Int) -> String {
  let digits = String(number, radix: radix)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

private func hexadecimal(_ number: UInt64, salt: UInt64) -> String {
  let digits = String(mix(number &* 64 &+ 32 &+ salt), radix: 16)
  return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}

private func uuid(_ hex: String) -> String {
  let digits = Array(hex.utf8)
  let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
  return parts.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
}
