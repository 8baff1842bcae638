// SPDX-License-Identifier: Apache-2.0

/// An image as Glance's functions answer it: its columns, its properties and its locations.
public struct ImageRecord: Hashable, Sendable, Codable {
  /// The id.
  public var id: String
  /// The name.
  public var name: String?
  /// How far the image is.
  public var status: ImageStatus
  /// Who may see the image.
  public var visibility: ImageVisibility
  /// The tenant that the image belongs to.
  public var owner: String?
  /// The size of the data in bytes.
  public var size: Int64?
  /// The size of the disk in bytes.
  public var virtualSize: Int64?
  /// The format of the disk.
  public var diskFormat: String?
  /// The format of the container.
  public var containerFormat: String?
  /// The MD5 sum of the data.
  public var checksum: String?
  /// The algorithm of `osHashValue`.
  public var osHashAlgo: String?
  /// The hash of the data.
  public var osHashValue: String?
  /// Whether glance-api leaves the image out of listings.
  public var osHidden: Bool
  /// The disk that an instance needs at least, in GiB.
  public var minDisk: Int64
  /// The memory that an instance needs at least, in MiB.
  public var minRAM: Int64
  /// Whether glance-api refuses to delete the image.
  public var protected: Bool
  /// When the image was made.
  public var createdAt: GlanceTime
  /// When the image was last changed.
  public var updatedAt: GlanceTime
  /// When the image was deleted.
  public var deletedAt: GlanceTime?
  /// Whether the image is deleted.
  public var deleted: Bool
  /// The properties by their numbers, deleted ones too.
  public var properties: [ImagePropertyRecord]
  /// The locations by their numbers: those that are not deleted, or all when the caller asked for deleted ones.
  public var locations: [ImageLocationRecord]
  /// The tags that are not deleted, in the order in which they were made; nil when nobody asked for them.
  public var tags: [String]?
  /// Whether ``values`` has `is_public` instead of `visibility`, as version 1 of the API wants it.
  public var isV1: Bool
}

extension ImageRecord {
  /// What a caller gets of an image.
  ///
  /// - Parameters:
  ///   - image: The row.
  ///   - properties: All rows of its properties.
  ///   - locations: All rows of its locations.
  ///   - tags: All rows of its tags, when the caller asked for them.
  ///   - context: The caller.
  ///   - showsDeletedLocations: Whether deleted locations are shown.
  ///   - v1Mode: Whether the values are those of version 1.
  init(
    _ image: Image, properties: [ImageProperty], locations: [ImageLocation], tags: [ImageTag]? = nil,
    for context: GlanceContext, showsDeletedLocations: Bool, v1Mode: Bool
  ) {
    id = image.id
    name = image.name
    status = image.status
    visibility = image.visibility
    owner = image.owner
    size = image.size
    virtualSize = image.virtualSize
    diskFormat = image.diskFormat
    containerFormat = image.containerFormat
    checksum = image.checksum
    osHashAlgo = image.osHashAlgo
    osHashValue = image.osHashValue
    osHidden = image.osHidden
    minDisk = image.minDisk
    minRAM = image.minRAM
    protected = image.protected
    createdAt = image.createdAt
    updatedAt = image.updatedAt
    deletedAt = image.deletedAt
    deleted = image.deleted
    self.properties = properties.map { ImagePropertyRecord($0) }.sorted { $0.id < $1.id }
    // The data of a deactivated image is nobody's business but the administrator's.
    let hidesLocations = image.status == .deactivated && !context.isAdmin
    self.locations =
      hidesLocations
      ? []
      : locations.filter { showsDeletedLocations || !$0.deleted }.map { ImageLocationRecord($0) }
        .sorted { $0.id < $1.id }
    self.tags = tags.map { tags in
      tags.filter { !$0.deleted }.sorted { ($0.id ?? 0) < ($1.id ?? 0) }.map(\.value)
    }
    isV1 = v1Mode
  }

  /// The image as the registry answers it.
  public var values: GlanceValue {
    var values: [String: GlanceValue] = [
      "id": .string(id), "name": GlanceValue(name), "status": .string(status.rawValue), "owner": GlanceValue(owner),
      "size": GlanceValue(size), "virtual_size": GlanceValue(virtualSize), "disk_format": GlanceValue(diskFormat),
      "container_format": GlanceValue(containerFormat), "checksum": GlanceValue(checksum),
      "os_hash_algo": GlanceValue(osHashAlgo), "os_hash_value": GlanceValue(osHashValue), "os_hidden": .bool(osHidden),
      "min_disk": .int(minDisk), "min_ram": .int(minRAM), "protected": .bool(protected),
      "created_at": .date(createdAt), "updated_at": .date(updatedAt), "deleted_at": GlanceValue(deletedAt),
      "deleted": .bool(deleted), "properties": .array(properties.map(\.values)),
      "locations": .array(locations.map(\.values)),
    ]
    if isV1 {
      values["is_public"] = .bool(visibility == .public)
    } else {
      values["visibility"] = .string(visibility.rawValue)
    }
    if let tags { values["tags"] = .array(tags.map { .string($0) }) }
    return .object(values)
  }
}
