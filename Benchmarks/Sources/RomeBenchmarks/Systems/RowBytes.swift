// SPDX-License-Identifier: Apache-2.0

/// The rows of the systems without a mapper: the version, the id and the memory at the beginning, then the other numbers, then
/// texts with a length in front.
enum RowBytes {
  private static let null = Int.min

  static func encode(_ row: InstanceRow) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(320)
    for number in [
      row.version, row.id, row.memoryMB, row.powerState, row.flavorID, row.vcpus, row.rootGB, row.createdAt,
      row.updatedAt ?? null, row.deleted,
    ] {
      append(number, to: &bytes)
    }
    for text in [
      row.uuid, row.host, row.projectID, row.userID, row.vmState, row.displayName, row.hostname, row.imageRef,
      row.availabilityZone,
    ] {
      append(text, to: &bytes)
    }
    if let state = row.taskState { append(state, to: &bytes) }
    return bytes
  }

  static func encode(_ row: MetadataRow) -> [UInt8] {
    var bytes: [UInt8] = []
    append(row.id, to: &bytes)
    append(row.instanceID, to: &bytes)
    append(row.key, to: &bytes)
    append(row.value, to: &bytes)
    return bytes
  }

  /// The whole row.
  static func decode(_ bytes: UnsafeRawBufferPointer) -> InstanceRow {
    var row = InstanceRow()
    row.version = number(bytes, 0)
    row.id = number(bytes, 1)
    row.memoryMB = number(bytes, 2)
    row.powerState = number(bytes, 3)
    row.flavorID = number(bytes, 4)
    row.vcpus = number(bytes, 5)
    row.rootGB = number(bytes, 6)
    row.createdAt = number(bytes, 7)
    let updated = number(bytes, 8)
    row.updatedAt = updated == null ? nil : updated
    row.deleted = number(bytes, 9)
    var position = 80
    row.uuid = text(bytes, &position)
    row.host = text(bytes, &position)
    row.projectID = text(bytes, &position)
    row.userID = text(bytes, &position)
    row.vmState = text(bytes, &position)
    row.displayName = text(bytes, &position)
    row.hostname = text(bytes, &position)
    row.imageRef = text(bytes, &position)
    row.availabilityZone = text(bytes, &position)
    if position < bytes.count { row.taskState = text(bytes, &position) }
    return row
  }

  static func decodeMetadata(_ bytes: UnsafeRawBufferPointer) -> MetadataRow {
    var position = 16
    let key = text(bytes, &position)
    return MetadataRow(id: number(bytes, 0), instanceID: number(bytes, 1), key: key, value: text(bytes, &position))
  }

  /// The number at a place: 0 is the version, 1 the id, 2 the memory.
  static func number(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
    Int(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: Int.self))
  }

  /// Whether the row is one that the filter of `g.scan` keeps.
  static func isLargeAndFailed(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard number(bytes, 2) >= 16_384 else { return false }
    var position = 80
    for _ in 0..<4 { position += 1 + Int(bytes[position]) }
    return bytes[position + 1..<position + 1 + Int(bytes[position])].elementsEqual("error".utf8)
  }

  /// The row with the next version and another power state.
  static func changed(_ bytes: UnsafeRawBufferPointer, _ iteration: Int) -> [UInt8] {
    var copy = Array(bytes)
    copy.withUnsafeMutableBytes { copy in
      copy.storeBytes(of: (number(bytes, 0) + 1).littleEndian, toByteOffset: 0, as: Int.self)
      copy.storeBytes(of: (iteration % 8).littleEndian, toByteOffset: 24, as: Int.self)
    }
    return copy
  }

  /// A number whose bytes are in its order.
  static func ordered(_ number: Int) -> [UInt8] { withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) } }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private static func text(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> String {
    let start = position + 1
    position = start + Int(bytes[position])
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }
}
