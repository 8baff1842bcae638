// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `dns_domains`: a domain in which addresses get names, of an availability zone or of a project.
@Entity("dns_domains", mixins: .timestamps, .softDelete(.flag))
public final class DNSDomain: NovaModel {
  /// The name of the domain.
  @PrimaryKey public var domain: String
  /// Whether the names are those of fixed addresses, `private`, or of floating ones, `public`.
  public var scope: String?
  /// The availability zone of a private domain.
  public var availabilityZone: String?
  /// The project of a public domain.
  public var projectID: String?
}
