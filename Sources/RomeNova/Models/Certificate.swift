// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// An X.509 certificate that Nova has made for a user: a row of `certificates`.
@Entity(
  "certificates", mixins: .timestamps, .softDelete(.id), indexes: .index("project_id", "deleted"),
  .index("user_id", "deleted"))
public final class Certificate: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The user that the certificate is for.
  public var userID: String?
  /// The project that the certificate is for.
  public var projectID: String?
  /// The name of the file that the certificate is in.
  public var fileName: String?
}
