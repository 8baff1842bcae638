// SPDX-License-Identifier: Apache-2.0

import Rome

/// A place where the data of an image is, as Glance's functions answer it.
public struct ImageLocationRecord: Hashable, Sendable, Codable {
  /// The number of the row.
  public var id: Int
  /// The URL.
  public var url: String
  /// What the store of the data wants to know, an object.
  public var metadata: GlanceValue
  /// `active`, `pending_delete` or `deleted`.
  public var status: String

  /// The record of a row that is stored, or flushed.
  init(_ location: ImageLocation) {
    id = location.id ?? 0
    url = location.value
    metadata = location.metaData.wrapped
    status = location.status
  }

  /// The location as the registry answers it.
  public var values: GlanceValue {
    ["id": GlanceValue(id), "url": .string(url), "metadata": metadata, "status": .string(status)]
  }
}
