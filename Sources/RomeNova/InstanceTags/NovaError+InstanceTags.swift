// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// The instance has no such tag: `instance_id`, `tag`.
  public static let instanceTagNotFound = Self("InstanceTagNotFound", under: .notFound)
}
