// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The right of a project to use a flavor that is not public.
@Entity(
  "instance_type_projects", mixins: .timestamps, .softDelete(.id),
  indexes: .unique("instance_type_id", "project_id", "deleted"), .index("project_id", "deleted"))
public final class InstanceTypeProjects: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The number of the flavor.
  public var instanceTypeID: Int
  /// The project that may use the flavor.
  public var projectID: String?
}
