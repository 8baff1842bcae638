// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Namespaces of metadata definitions.
  static let metadefNamespaces: [Command] = [
    Command("metadef_namespace_create", ["values"]) { call in
      try await call.glance.metadefNamespaceCreate(call.context, values: call.object("values")).values
    },
    Command("metadef_namespace_get", ["namespace_name"]) { call in
      try await call.glance.metadefNamespaceGet(
        call.context, namespaceName: call.requiredText("namespace_name")
      ).values
    },
    Command(
      "metadef_namespace_get_all", optional: ["marker", "limit", "sort_key", "sort_dir", "filters"]
    ) { call in
      let namespaces = try await call.glance.metadefNamespaceGetAll(
        call.context, marker: call.optionalRow("marker"), limit: call.limit(), sortKey: call.text("sort_key"),
        sortDir: call.text("sort_dir"), filters: call.optionalObject("filters"))
      return .array(namespaces.map(\.values))
    },
    Command("metadef_namespace_update", ["namespace_id", "namespace_dict"]) { call in
      try await call.glance.metadefNamespaceUpdate(
        call.context, namespaceID: call.row("namespace_id"), namespaceDict: call.object("namespace_dict")
      ).values
    },
    Command("metadef_namespace_delete", ["namespace_name"]) { call in
      try await call.glance.metadefNamespaceDelete(
        call.context, namespaceName: call.requiredText("namespace_name")
      ).values
    },
  ]
}
