// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such volume: `volume_id`.
  public static let volumeNotFound = Self("VolumeNotFound", under: .notFound)
  /// There is no such snapshot: `snapshot_id`.
  public static let snapshotNotFound = Self("SnapshotNotFound", under: .notFound)
  /// There is no such image: `image_id`.
  public static let imageNotFound = Self("ImageNotFound", under: .notFound)
}
