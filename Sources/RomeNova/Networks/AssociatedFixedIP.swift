// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// A fixed address that an interface of an instance has, with what a host needs to know to serve it.
public struct AssociatedFixedIP: Hashable, Sendable {
  /// The address.
  public let address: NovaAddress?
  /// The UUID of the instance.
  public let instanceUUID: String?
  /// The number of the network.
  public let networkID: Int?
  /// The number of the interface.
  public let interfaceID: Int?
  /// The MAC address of the interface.
  public let interfaceAddress: String?
  /// The host name of the instance.
  public let instanceHostname: String?
  /// When the instance was changed the last time.
  public let instanceUpdatedAt: Date?
  /// When the instance was added.
  public let instanceCreatedAt: Date?
  /// Whether the address is in use.
  public let isAllocated: Bool?
  /// Whether DHCP has handed the address out.
  public let isLeased: Bool?
  /// Whether the interface is the first one of its instance, which the default route leads through.
  public let isDefaultRoute: Bool

  /// Makes a description of its parts.
  public init(
    address: NovaAddress?, instanceUUID: String?, networkID: Int?, interfaceID: Int?, interfaceAddress: String?,
    instanceHostname: String?, instanceUpdatedAt: Date?, instanceCreatedAt: Date?, isAllocated: Bool?, isLeased: Bool?,
    isDefaultRoute: Bool
  ) {
    self.address = address
    self.instanceUUID = instanceUUID
    self.networkID = networkID
    self.interfaceID = interfaceID
    self.interfaceAddress = interfaceAddress
    self.instanceHostname = instanceHostname
    self.instanceUpdatedAt = instanceUpdatedAt
    self.instanceCreatedAt = instanceCreatedAt
    self.isAllocated = isAllocated
    self.isLeased = isLeased
    self.isDefaultRoute = isDefaultRoute
  }
}
