// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `quota_classes`.
@Entity("quota_classes", mixins: .timestamps, .softDelete(.id), indexes: .index("class_name"))
public final class QuotaClass: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  public var className: String?
  /// The name of the resource that is counted.
  public var resource: String?
  /// The greatest number that is allowed; -1 for no limit.
  public var hardLimit: Int?
}
