// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The limit of a resource in all projects of a class: a row of `quota_classes`.
@Entity("quota_classes", mixins: .timestamps, .softDelete(.id), indexes: .index("class_name"))
public final class QuotaClass: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The name of the class.
  public var className: String?
  /// The name of the resource that is limited.
  public var resource: String?
  /// The greatest number that is allowed; -1 for no limit.
  public var hardLimit: Int?
}
