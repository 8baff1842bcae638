// SPDX-License-Identifier: Apache-2.0

/// What loading has done.
public struct LoadReport: Hashable, Sendable {
  /// Packages that were not in the store.
  public var inserted = 0
  /// Packages whose columns or relations were others.
  public var changed = 0
  /// Packages that were in the store as they are in the file.
  public var unchanged = 0
  /// Packages that are in the file no longer, and were deleted with what belongs to them.
  public var deleted = 0
  /// Pairs of a package and one that it requires, which were connected or disconnected.
  public var reconnected = 0

  /// Nothing was done.
  public init() {}

  /// How many packages of the file were looked at.
  public var packages: Int { inserted + changed + unchanged }
  /// Whether the store was already as the file says.
  public var isUnchanged: Bool { inserted + changed + deleted + reconnected == 0 }

  static func += (left: inout LoadReport, right: LoadReport) {
    left.inserted += right.inserted
    left.changed += right.changed
    left.unchanged += right.unchanged
    left.deleted += right.deleted
    left.reconnected += right.reconnected
  }
}

extension LoadReport: CustomStringConvertible {
  /// The numbers in words.
  public var description: String {
    "\(inserted) inserted, \(changed) changed, \(unchanged) unchanged, \(deleted) deleted"
  }
}
