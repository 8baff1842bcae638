// SPDX-License-Identifier: Apache-2.0

import Rome

/// What `glance-manage db purge` calls: the only functions that remove soft-deleted rows. No rights are checked.
extension GlanceDatabase {
  /// Removes rows for good that were deleted long ago: of tasks, with their `info`, and of what belongs to images, but no
  /// images. Of each table the rows that were deleted first go first, and behind them those which nobody has deleted but
  /// which belong to images that ``purgeDeletedRowsFromImages(_:ageInDays:maxRows:)`` removes next: an image that was made
  /// deleted has such rows, and could not be removed otherwise.
  ///
  /// - Parameters:
  ///   - context: The caller.
  ///   - ageInDays: How many days ago a row must have been deleted.
  ///   - maxRows: How many rows of each table at the most; a negative number for all.
  /// - Throws: `invalid` when `maxRows` is out of range; `rpc` when the days reach out of all time.
  public func purgeDeletedRows(_ context: GlanceContext, ageInDays: Int, maxRows: Int) async throws(GlanceError) {
    let purge = try Purge(ageInDays: ageInDays, maxRows: maxRows, now: clock.now())
    let images = try await imagesToPurge(purge)
    try await remove(ImageMember.self, ImageMember.deletedAt, ImageMember.imageID, of: images, purge)
    try await remove(ImageProperty.self, ImageProperty.deletedAt, ImageProperty.imageID, of: images, purge)
    try await remove(ImageTag.self, ImageTag.deletedAt, ImageTag.imageID, of: images, purge)
    try await remove(ImageLocation.self, ImageLocation.deletedAt, ImageLocation.imageID, of: images, purge)
    _ = try await remove(ImageTask.self, ImageTask.deletedAt, purge)
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

  /// The ids of the images that are purged next.
  private func imagesToPurge(_ purge: Purge) async throws(GlanceError) -> [String] {
    try await listing { session in
      try await session.query(Image.self).filter(Image.deletedAt < purge.end)
        .order(by: Image.deletedAt).limit(purge.limit).all().map(\.id)
    }
  }

  /// Removes rows of a table that belong to images: those which were deleted long ago, and those of the images.
  private func remove<E: Entity>(
    _ type: E.Type, _ deletedAt: Column<E, GlanceTime?>, _ imageID: Column<E, String>, of images: [String],
    _ purge: Purge
  ) async throws(GlanceError) {
    let count = try await remove(type, deletedAt, purge)
    var left = purge.limit.map { $0 - count }
    for start in stride(from: 0, to: images.count, by: Purge.batch) where left != 0 {
      let batch = Array(images[start..<min(start + Purge.batch, images.count)])
      let count = try await transaction { [left] session in
        try await session.query(type).filter(imageID.in(batch), deletedAt == nil).limit(left).delete()
      }
      left = left.map { $0 - count }
    }
  }

  /// Removes rows of a table that were deleted long ago, in transactions of a bounded size.
  ///
  /// - Returns: How many.
  private func remove<E: Entity>(
    _ type: E.Type, _ deletedAt: Column<E, GlanceTime?>, _ purge: Purge
  ) async throws(GlanceError) -> Int {
    var removed = 0
    while removed != purge.limit {
      let batch = min(purge.limit.map { $0 - removed } ?? Purge.batch, Purge.batch)
      let count = try await transaction { session in
        try await session.query(type).filter(deletedAt < purge.end).order(by: deletedAt).limit(batch).delete()
      }
      removed += count
      if count < batch { break }
    }
    return removed
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
