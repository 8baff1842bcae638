// SPDX-License-Identifier: Apache-2.0

import Rome

extension NovaDatabase {
  /// Gives an image its number in the EC2 interface.
  ///
  /// - Throws: ``NovaError/Code/dbError`` when the store refuses it.
  public func s3ImageCreate(_ context: NovaContext, imageUUID: String) async throws(NovaError) -> NovaRow<S3Image> {
    try await transaction(context) { call in try await call.insert(imageUUID, as: S3Image.self, id: nil) }
  }

  /// The image of a number in the EC2 interface, a deleted one too.
  ///
  /// - Throws: ``NovaError/Code/imageNotFound``.
  public func s3ImageGet(_ context: NovaContext, imageID: Int) async throws(NovaError) -> NovaRow<S3Image> {
    try await reading(context) { call in
      guard let image = try await call.mapping(S3Image.self, id: imageID) else {
        throw NovaError(.imageNotFound, ["image_id": NovaField(imageID)])
      }
      return image
    }
  }

  /// The number of an image in the EC2 interface, of a deleted one too.
  ///
  /// - Throws: ``NovaError/Code/imageNotFound``.
  public func s3ImageGetByUUID(_ context: NovaContext, imageUUID: String) async throws(NovaError) -> NovaRow<S3Image> {
    try await reading(context) { call in
      guard let image = try await call.mapping(S3Image.self, uuid: imageUUID) else {
        throw NovaError(.imageNotFound, ["image_id": .string(imageUUID)])
      }
      return image
    }
  }
}
