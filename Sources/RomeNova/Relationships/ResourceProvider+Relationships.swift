// SPDX-License-Identifier: Apache-2.0

import Rome

extension ResourceProvider {
  /// What the provider has.
  public static let inventories = NovaToMany<ResourceProvider, Inventory>(
    "_inventories", ResourceProvider.id, Inventory.resourceProviderID, .any)

  /// What consumers have of it.
  public static let allocations = NovaToMany<ResourceProvider, Allocation>(
    "_allocations", ResourceProvider.id, Allocation.resourceProviderID, .any)
}
