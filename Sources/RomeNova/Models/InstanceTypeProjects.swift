// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `instance_type_projects`.
@Entity(
  "instance_type_projects", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("instance_type_id", "project_id", "deleted"))
public final class InstanceTypeProjects: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The number of the flavor.
  public var instanceTypeID: Int
  /// The project that it belongs to.
  public var projectID: String?
}
