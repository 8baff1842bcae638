// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// There is no floating address of that number: `id`.
  public static let floatingIPNotFound = Self("FloatingIpNotFound", under: .notFound)
  /// There is no such floating address: `address`.
  public static let floatingIPNotFoundForAddress = Self("FloatingIpNotFoundForAddress", under: .floatingIPNotFound)
  /// The host has no floating address: `host`.
  public static let floatingIPNotFoundForHost = Self("FloatingIpNotFoundForHost", under: .floatingIPNotFound)
  /// There are no floating addresses.
  public static let noFloatingIPsDefined = Self("NoFloatingIpsDefined", under: .notFound)
  /// The floating address is there already: `address`.
  public static let floatingIPExists = Self("FloatingIpExists")
  /// No address of the pool is free.
  public static let noMoreFloatingIPs = Self("NoMoreFloatingIps", under: .floatingIPNotFound)
  /// Others kept taking the addresses of the pool.
  public static let floatingIPAllocateFailed = Self("FloatingIpAllocateFailed")
  /// The floating address is not the caller's, or leads elsewhere: `address`.
  public static let floatingIPAssociateFailed = Self("FloatingIpAssociateFailed")
}
