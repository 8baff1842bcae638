// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such flavor: `flavor_id`.
  public static let flavorNotFound = Self("FlavorNotFound", under: .notFound)
  /// There is no flavor of that name: `flavor_name`.
  public static let flavorNotFoundByName = Self("FlavorNotFoundByName", under: .flavorNotFound)
  /// A flavor has that identifier: `flavor_id`.
  public static let flavorIDExists = Self("FlavorIdExists")
  /// A flavor has that name: `name`.
  public static let flavorExists = Self("FlavorExists")
  /// The project may use the flavor already: `flavor_id`, `project_id`.
  public static let flavorAccessExists = Self("FlavorAccessExists")
  /// The project has no right of its own to use the flavor: `flavor_id`, `project_id`.
  public static let flavorAccessNotFound = Self("FlavorAccessNotFound", under: .notFound)
  /// The flavor has no such extra spec: `flavor_id`, `extra_specs_key`.
  public static let flavorExtraSpecsNotFound = Self("FlavorExtraSpecsNotFound", under: .notFound)
  /// Others kept changing the extra specs of the flavor: `id`, `retries`.
  public static let flavorExtraSpecUpdateCreateFailed = Self("FlavorExtraSpecUpdateCreateFailed")
}
