// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// The info cache of the instance is deleted: `instance_uuid`.
  public static let instanceInfoCacheNotFound = Self("InstanceInfoCacheNotFound", under: .notFound)
}
