// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Rome

/// The number by which the EC2 interface knows an image.
@Entity("s3_images", mixins: .timestamps, .softDelete(.id), indexes: .index("uuid"))
public final class S3Image: NovaModel {
  /// The number, which the store gives.
  @PrimaryKey public var id: Int?
  /// The UUID of the image.
  public var uuid: String
}
