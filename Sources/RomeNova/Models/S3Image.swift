// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// A row of `s3_images`.
@Entity("s3_images", mixins: .timestamps, .softDelete(.id))
public final class S3Image: NovaModel {
  /// The number of the row, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the row.
  public var uuid: String
}
