// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Which namespaces are for which types of resources.
  static let metadefAssociations: [Command] = [
    Command("metadef_resource_type_association_create", ["namespace_name", "values"]) { call in
      try await call.glance.metadefResourceTypeAssociationCreate(
        call.context, namespaceName: call.requiredText("namespace_name"), values: call.object("values")
      ).values
    },
    Command("metadef_resource_type_association_get", ["namespace_name", "resource_type_name"]) { call in
      try await call.glance.metadefResourceTypeAssociationGet(
        call.context, namespaceName: call.requiredText("namespace_name"),
        resourceTypeName: call.requiredText("resource_type_name")
      ).values
    },
    Command("metadef_resource_type_association_get_all_by_namespace", ["namespace_name"]) { call in
      let associations = try await call.glance.metadefResourceTypeAssociationGetAllByNamespace(
        call.context, namespaceName: call.requiredText("namespace_name"))
      return .array(associations.map(\.values))
    },
    Command("metadef_resource_type_association_delete", ["namespace_name", "resource_type_name"]) { call in
      try await call.glance.metadefResourceTypeAssociationDelete(
        call.context, namespaceName: call.requiredText("namespace_name"),
        resourceTypeName: call.requiredText("resource_type_name")
      ).values
    },
  ]
}
