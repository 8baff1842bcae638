// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no such network: `network_id`.
  public static let networkNotFound = Self("NetworkNotFound", under: .notFound)
  /// No network has the UUID: `uuid`.
  public static let networkNotFoundForUUID = Self("NetworkNotFoundForUUID", under: .networkNotFound)
  /// No network has the range of addresses: `cidr`.
  public static let networkNotFoundForCIDR = Self("NetworkNotFoundForCidr", under: .networkNotFound)
  /// The project has no such network: `network_uuid`, `project_id`.
  public static let networkNotFoundForProject = Self("NetworkNotFoundForProject", under: .networkNotFound)
  /// There are no networks.
  public static let noNetworksFound = Self("NoNetworksFound", under: .notFound)
  /// All networks belong to projects.
  public static let noMoreNetworks = Self("NoMoreNetworks")
  /// Addresses of the network are in use: `network_id`.
  public static let networkInUse = Self("NetworkInUse")
  /// Others kept changing the network: `network_id`.
  public static let networkSetHostFailed = Self("NetworkSetHostFailed")
  /// Another network has the VLAN: `vlan`.
  public static let duplicateVLAN = Self("DuplicateVlan")
}
