// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Properties of a namespace.
  static let metadefProperties: [Command] = [
    Command("metadef_property_create", ["namespace_name", "property_dict"]) { call in
      try await call.glance.metadefPropertyCreate(
        call.context, namespaceName: call.requiredText("namespace_name"), propertyDict: call.object("property_dict")
      ).values
    },
    Command("metadef_property_get", ["namespace_name", "property_name"]) { call in
      try await call.glance.metadefPropertyGet(
        call.context, namespaceName: call.requiredText("namespace_name"),
        propertyName: call.requiredText("property_name")
      ).values
    },
    Command("metadef_property_get_all", ["namespace_name"]) { call in
      let rows = try await call.glance.metadefPropertyGetAll(
        call.context, namespaceName: call.requiredText("namespace_name"))
      return .array(rows.map(\.values))
    },
    Command("metadef_property_update", ["namespace_name", "property_id", "property_dict"]) { call in
      try await call.glance.metadefPropertyUpdate(
        call.context, namespaceName: call.requiredText("namespace_name"), propertyID: call.row("property_id"),
        propertyDict: call.object("property_dict")
      ).values
    },
    Command("metadef_property_delete", ["namespace_name", "property_name"]) { call in
      try await call.glance.metadefPropertyDelete(
        call.context, namespaceName: call.requiredText("namespace_name"),
        propertyName: call.requiredText("property_name")
      ).values
    },
    Command("metadef_property_delete_namespace_content", ["namespace_name"]) { call in
      try await GlanceValue(
        call.glance.metadefPropertyDeleteNamespaceContent(
          call.context, namespaceName: call.requiredText("namespace_name")))
    },
    Command("metadef_property_count", ["namespace_name"]) { call in
      try await GlanceValue(
        call.glance.metadefPropertyCount(call.context, namespaceName: call.requiredText("namespace_name")))
    },
  ]
}
