// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no fixed address of that number: `id`.
  public static let fixedIPNotFound = Self("FixedIpNotFound", under: .notFound)
  /// There is no such fixed address: `address`.
  public static let fixedIPNotFoundForAddress = Self("FixedIpNotFoundForAddress", under: .fixedIPNotFound)
  /// The instance has no fixed address: `instance_uuid`.
  public static let fixedIPNotFoundForInstance = Self("FixedIpNotFoundForInstance", under: .fixedIPNotFound)
  /// The network has no such fixed address: `address`, `network_uuid`.
  public static let fixedIPNotFoundForNetwork = Self("FixedIpNotFoundForNetwork", under: .fixedIPNotFound)
  /// The host has no fixed address in the network: `network_id`, `host`.
  public static let fixedIPNotFoundForNetworkHost = Self("FixedIpNotFoundForNetworkHost", under: .fixedIPNotFound)
  /// There are no fixed addresses.
  public static let noFixedIPsDefined = Self("NoFixedIpsDefined", under: .notFound)
  /// The fixed address is there already: `address`.
  public static let fixedIPExists = Self("FixedIpExists")
  /// An instance has the fixed address already: `address`, `instance_uuid`.
  public static let fixedIPAlreadyInUse = Self("FixedIpAlreadyInUse")
  /// No address of the network is free: `net`.
  public static let noMoreFixedIPs = Self("NoMoreFixedIps")
  /// Others kept taking the addresses of the network: `net`.
  public static let fixedIPAssociateFailed = Self("FixedIpAssociateFailed")
}
