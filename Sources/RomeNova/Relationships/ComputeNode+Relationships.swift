// SPDX-License-Identifier: Apache-2.0

import Rome

extension ComputeNode {
  /// The provider of the resources of the node.
  public static let resourceProvider = NovaToOne<ComputeNode, ResourceProvider>(
    "_resource_provider", ComputeNode.uuid, ResourceProvider.uuid, .any)
}
