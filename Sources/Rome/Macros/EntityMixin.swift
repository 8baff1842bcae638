// SPDX-License-Identifier: Apache-2.0

#if Macros
  public import Foundation

  /// Columns that many tables have, for `@Entity(…, mixins:)`.
  ///
  /// They come first in the rows of the table, so that the columns of the class can grow behind them. They are no parameters of
  /// the initialiser.
  public struct EntityMixin: Hashable, Sendable {
    /// The type of the timestamps, for files that don't import Foundation.
    public typealias Date = Foundation.Date

    /// How a row says that it is soft-deleted.
    public enum SoftDeleteConvention: Hashable, Sendable {
      /// The integer column `deleted` is 0, or the primary key of the deleted row. A unique index with this column lets a
      /// name be used again after its row was deleted.
      case id
      /// The boolean column `deleted` is false, or true in a deleted row.
      case flag
    }

    private enum Kind: Hashable {
      case timestamps
      case softDelete(SoftDeleteConvention)
    }

    private let kind: Kind

    /// The properties `createdAt` and `updatedAt` of type `Date?`, in the columns `created_at` and `updated_at`. The session
    /// sets them when the row is inserted and updated.
    public static let timestamps = EntityMixin(kind: .timestamps)

    /// The properties `deleted` and `deletedAt`, in the columns `deleted` and `deleted_at`.
    ///
    /// - Parameter convention: Whether `deleted` is an integer or a boolean.
    public static func softDelete(_ convention: SoftDeleteConvention) -> EntityMixin {
      EntityMixin(kind: .softDelete(convention))
    }
  }
#endif
