// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A row of `images`. Its children refer to it without a foreign key: Glance lets a tag, a member, a property or a location
/// be added to any id.
///
/// The composite indexes are for listings: who may see the image, whether it is deleted, and then the two orders that
/// clients ask for, the newest first (glance-api) and by name (the `openstack` command). The primary key stands behind the
/// columns of each, so these are whole orders, and every page is a range of one of them.
@Entity(
  "images",
  indexes: .index("owner", "deleted", "created_at"), .index("owner", "deleted", "name", "created_at"),
  .index("visibility", "deleted", "created_at"), .index("visibility", "deleted", "name", "created_at"),
  .index("deleted", "created_at"), .index("deleted", "name", "created_at"), .index("deleted", "updated_at"))
public final class Image {
  /// The id: by default a UUID in lower case.
  @PrimaryKey public var id: String
  /// The name; it need not be unique.
  public var name: String?
  /// The format of the disk, such as `qcow2`.
  public var diskFormat: String?
  /// The format of the container, such as `bare`.
  public var containerFormat: String?
  /// The size of the data in bytes.
  public var size: Int64?
  /// The size of the disk in bytes.
  public var virtualSize: Int64?
  /// How far the image is.
  public var status: ImageStatus
  /// Who may see the image.
  public var visibility: ImageVisibility = .shared
  /// The MD5 sum of the data.
  @Indexed public var checksum: String?
  /// The algorithm of `osHashValue`.
  public var osHashAlgo: String?
  /// The hash of the data.
  @Indexed public var osHashValue: String?
  /// The disk that an instance needs at least, in GiB.
  public var minDisk: Int64 = 0
  /// The memory that an instance needs at least, in MiB.
  public var minRAM: Int64 = 0
  /// The tenant that the image belongs to.
  public var owner: String?
  /// Whether glance-api refuses to delete the image.
  public var protected: Bool = false
  /// Whether glance-api leaves the image out of listings.
  public var osHidden: Bool = false
  /// When the image was made.
  public var createdAt: GlanceTime
  /// When the image was last changed.
  public var updatedAt: GlanceTime
  /// When the image was deleted.
  @Indexed public var deletedAt: GlanceTime?
  /// Whether the image is deleted: the row stays until it is purged.
  public var deleted: Bool = false
  /// The properties, deleted ones too.
  @ToMany(\ImageProperty.imageID) public var properties: [ImageProperty]
  /// The tags, deleted ones too.
  @ToMany(\ImageTag.imageID) public var tags: [ImageTag]
  /// The locations, deleted ones too.
  @ToMany(\ImageLocation.imageID) public var locations: [ImageLocation]
  /// The members, deleted ones too.
  @ToMany(\ImageMember.imageID) public var members: [ImageMember]
}

/// How far an image is.
public enum ImageStatus: String, ColumnValue, Codable, CaseIterable {
  /// It has data.
  case active
  /// Its data is being stored.
  case saving
  /// It has no data yet.
  case queued
  /// Storing its data has failed.
  case killed
  /// Its data waits for being deleted.
  case pendingDelete = "pending_delete"
  /// It is deleted.
  case deleted
  /// Its data can't be downloaded for now.
  case deactivated
  /// Its data is being imported.
  case importing
  /// Its data is being uploaded, before an import.
  case uploading
}

/// Who may see an image.
public enum ImageVisibility: String, ColumnValue, Codable, CaseIterable {
  /// Its owner.
  case `private`
  /// Everybody.
  case `public`
  /// Its owner and its members.
  case shared
  /// Everybody, but only who asks for it finds it in a listing.
  case community
}
