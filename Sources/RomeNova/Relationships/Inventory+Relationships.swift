// SPDX-License-Identifier: Apache-2.0

import Rome

extension Inventory {
  /// The provider of the resource.
  public static let resourceProvider = NovaToOne<Inventory, ResourceProvider>(
    "resource_provider", Inventory.resourceProviderID, ResourceProvider.id, .any)
}
