// SPDX-License-Identifier: Apache-2.0

import Rome

/// A table of the numbers by which the EC2 interface knows what has a UUID elsewhere.
///
/// A mapping outlives what it maps, so soft-deleted ones are found, too; and nothing keeps two from having the same UUID:
/// then the first one counts.
protocol EC2Mapping: NovaModel {
  /// The number.
  static var id: Column<Self, Int?> { get }
  /// The UUID.
  static var uuid: Column<Self, String> { get }
}

extension InstanceIdMapping: EC2Mapping {}
extension VolumeIdMapping: EC2Mapping {}
extension SnapshotIdMapping: EC2Mapping {}
extension S3Image: EC2Mapping {}

extension NovaCall {
  /// Gives a number to a UUID.
  ///
  /// - Parameters:
  ///   - uuid: The UUID.
  ///   - type: The table.
  ///   - id: The number; nil for the next one.
  func insert<Mapping: EC2Mapping>(_ uuid: String, as type: Mapping.Type, id: Int?) async throws -> NovaRow<Mapping> {
    var values = NovaValues<Mapping>()
    try values.assign(.string(uuid), to: Mapping.uuid.name)
    if let id { try values.assign(id.value, to: Mapping.id.name) }
    return NovaRow(try await insert(values))
  }

  /// The mapping of a number.
  func mapping<Mapping: EC2Mapping>(_ type: Mapping.Type, id: Int) async throws -> NovaRow<Mapping>? {
    try await query(type, readDeleted: .yes).filter(Mapping.id == id).first().map { NovaRow($0) }
  }

  /// The mapping of a UUID.
  func mapping<Mapping: EC2Mapping>(_ type: Mapping.Type, uuid: String) async throws -> NovaRow<Mapping>? {
    try await query(type, readDeleted: .yes).filter(Mapping.uuid == uuid).byKey().first().map { NovaRow($0) }
  }
}
