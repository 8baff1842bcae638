// SPDX-License-Identifier: Apache-2.0

public import Rome

/// A tag of an instance: a row of `tags`. It has no number, and is never soft-deleted.
@Entity("tags", indexes: .index("tag"))
public final class Tag: NovaModel {
  /// The UUID of the instance that it belongs to.
  @PrimaryKey public var resourceID: String
  /// The text of the tag.
  @PrimaryKey public var tag: String
}
