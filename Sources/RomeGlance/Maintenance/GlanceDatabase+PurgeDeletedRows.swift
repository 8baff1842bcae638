// SPDX-License-Identifier: Apache-2.0

import Rome

/// What `glance-manage db purge` calls: the only functions that remove soft-deleted rows. No rights are checked.
extension GlanceDatabase {
  /// Removes rows for good that were deleted long ago: of tasks, with their `info`, and of what belongs to images, but no
  /// images. Of each table the rows that were deleted first go first.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - ageInDays: How many days ago a row must have been deleted.
  ///   - maxRows: How many rows of each table at the most; a negative number for all.
  /// - Throws: `invalid` when `maxRows` is out of range; `rpc` when the days reach out of all time.
  public func purgeDeletedRows(_ context: GlanceContext, ageInDays: Int, maxRows: Int) async throws(GlanceError) {
    let purge = try Purge(ageInDays: ageInDays, maxRows: maxRows, now: clock.now())
    try await remove(ImageMember.self, ImageMember.deletedAt, purge)
    try await remove(ImageProperty.self, ImageProperty.deletedAt, purge)
    try await remove(ImageTag.self, ImageTag.deletedAt, purge)
    try await remove(ImageLocation.self, ImageLocation.deletedAt, purge)
    try await remove(ImageTask.self, ImageTask.deletedAt, purge)
  }

  /// Removes images for good that were deleted long ago, those that were deleted first before others. What belongs to them
  /// must be removed already.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - ageInDays: How many days ago an image must have been deleted.
  ///   - maxRows: How many images at the most; a negative number for all.
  /// - Throws: `invalid` when `maxRows` is out of range; `rpc` when the days reach out of all time, and when something still
  ///   belongs to one of the images: no image is removed then.
  public func purgeDeletedRowsFromImages(
    _ context: GlanceContext, ageInDays: Int, maxRows: Int
  ) async throws(GlanceError) {
    let purge = try Purge(ageInDays: ageInDays, maxRows: maxRows, now: clock.now())
    try await transaction { session in
      let images = try await session.query(Image.self).filter(Image.deletedAt < purge.end)
        .order(by: Image.deletedAt).limit(purge.limit).all()
      if images.isEmpty { return }
      let ids = images.map(\.id)
      let hasChildren = [
        try await session.query(ImageMember.self).filter(ImageMember.imageID.in(ids)).exists(),
        try await session.query(ImageProperty.self).filter(ImageProperty.imageID.in(ids)).exists(),
        try await session.query(ImageTag.self).filter(ImageTag.imageID.in(ids)).exists(),
        try await session.query(ImageLocation.self).filter(ImageLocation.imageID.in(ids)).exists(),
      ]
      if hasChildren.contains(true) {
        throw GlanceError(.rpc, "other rows still refer to images that are to be purged")
      }
      for image in images { session.delete(image) }
    }
  }

  /// Removes rows of a table in transactions of a bounded size.
  private func remove<E: Entity>(
    _ type: E.Type, _ deletedAt: Column<E, GlanceTime?>, _ purge: Purge
  ) async throws(GlanceError) {
    var left = purge.limit
    while left != 0 {
      let batch = min(left ?? Purge.batch, Purge.batch)
      let count = try await transaction { session in
        try await session.query(type).filter(deletedAt < purge.end).order(by: deletedAt).limit(batch).delete()
      }
      if count < batch { return }
      left = left.map { $0 - count }
    }
  }
}

/// The arguments of a purge, checked.
private struct Purge {
  /// How many rows one transaction removes, where rows can be removed one after the other.
  static let batch = 500

  /// Rows that were deleted before this time go.
  let end: GlanceTime
  /// How many rows go at the most; nil for all.
  let limit: Int?

  init(ageInDays: Int, maxRows: Int, now: GlanceTime) throws(GlanceError) {
    if maxRows > Int32.max {
      throw GlanceError(.invalid, "'max_rows' value out of range, must not exceed \(Int32.max).")
    }
    let (age, isTooLong) = Int64(ageInDays).multipliedReportingOverflow(by: 86_400_000_000)
    let (time, isTooFar) = now.microseconds.subtractingReportingOverflow(age)
    if isTooLong || isTooFar { throw GlanceError(.rpc, "'age_in_days' is out of range") }
    end = GlanceTime(microseconds: time)
    limit = maxRows < 0 ? nil : maxRows
  }
}
