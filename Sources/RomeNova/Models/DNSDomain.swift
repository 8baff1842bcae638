// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `dns_domains`.
@Entity(
  "dns_domains", mixins: .timestamps, .softDelete(.flag), indexes: .index("domain", "deleted"), .index("project_id"))
public final class DNSDomain: NovaModel {
  @PrimaryKey public var domain: String
  public var scope: String?
  /// The availability zone.
  public var availabilityZone: String?
  /// The project that it belongs to.
  public var projectID: String?
}
