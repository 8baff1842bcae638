// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Objects of a namespace.
  static let metadefObjects: [Command] = [
    Command("metadef_object_create", ["namespace_name", "object_dict"]) { call in
      try await call.glance.metadefObjectCreate(
        call.context, namespaceName: call.requiredText("namespace_name"), objectDict: call.object("object_dict")
      ).values
    },
    Command("metadef_object_get", ["namespace_name", "object_name"]) { call in
      try await call.glance.metadefObjectGet(
        call.context, namespaceName: call.requiredText("namespace_name"),
        objectName: call.requiredText("object_name")
      ).values
    },
    Command("metadef_object_get_all", ["namespace_name"]) { call in
      let rows = try await call.glance.metadefObjectGetAll(
        call.context, namespaceName: call.requiredText("namespace_name"))
      return .array(rows.map(\.values))
    },
    Command("metadef_object_update", ["namespace_name", "object_id", "object_dict"]) { call in
      try await call.glance.metadefObjectUpdate(
        call.context, namespaceName: call.requiredText("namespace_name"), objectID: call.row("object_id"),
        objectDict: call.object("object_dict")
      ).values
    },
    Command("metadef_object_delete", ["namespace_name", "object_name"]) { call in
      try await call.glance.metadefObjectDelete(
        call.context, namespaceName: call.requiredText("namespace_name"),
        objectName: call.requiredText("object_name")
      ).values
    },
    Command("metadef_object_delete_namespace_content", ["namespace_name"]) { call in
      try await GlanceValue(
        call.glance.metadefObjectDeleteNamespaceContent(
          call.context, namespaceName: call.requiredText("namespace_name")))
    },
    Command("metadef_object_count", ["namespace_name"]) { call in
      try await GlanceValue(
        call.glance.metadefObjectCount(call.context, namespaceName: call.requiredText("namespace_name")))
    },
  ]
}
