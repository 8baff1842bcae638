// SPDX-License-Identifier: Apache-2.0

extension NovaError.Code {
  /// The compute node has no device at that address: `node_id`, `address`.
  public static let pciDeviceNotFound = Self("PciDeviceNotFound", under: .notFound)
  /// There is no such device: `id`.
  public static let pciDeviceNotFoundByID = Self("PciDeviceNotFoundById", under: .notFound)
}
