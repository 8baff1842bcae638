// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Tags of a namespace.
  static let metadefTags: [Command] = [
    Command("metadef_tag_create", ["namespace_name", "tag_dict"]) { call in
      try await call.glance.metadefTagCreate(
        call.context, namespaceName: call.requiredText("namespace_name"), tagDict: call.object("tag_dict")
      ).values
    },
    Command("metadef_tag_create_tags", ["namespace_name", "tag_list"]) { call in
      let tags = try await call.glance.metadefTagCreateTags(
        call.context, namespaceName: call.requiredText("namespace_name"), tagList: call.array("tag_list"))
      return .array(tags.map(\.values))
    },
    Command(
      "metadef_tag_get_all", ["namespace_name"], optional: ["filters", "marker", "limit", "sort_key", "sort_dir"]
    ) { call in
      let tags = try await call.glance.metadefTagGetAll(
        call.context, namespaceName: call.requiredText("namespace_name"), filters: call.optionalObject("filters"),
        marker: call.optionalRow("marker"), limit: call.limit(), sortKey: call.text("sort_key"),
        sortDir: call.text("sort_dir"))
      return .array(tags.map(\.values))
    },
    Command("metadef_tag_get", ["namespace_name", "name"]) { call in
      try await call.glance.metadefTagGet(
        call.context, namespaceName: call.requiredText("namespace_name"),
        name: call.requiredText("name")
      ).values
    },
    Command("metadef_tag_update", ["namespace_name", "id", "tag_dict"]) { call in
      try await call.glance.metadefTagUpdate(
        call.context, namespaceName: call.requiredText("namespace_name"), id: call.row("id"),
        tagDict: call.object("tag_dict")
      ).values
    },
    Command("metadef_tag_delete", ["namespace_name", "name"]) { call in
      try await call.glance.metadefTagDelete(
        call.context, namespaceName: call.requiredText("namespace_name"),
        name: call.requiredText("name")
      ).values
    },
    Command("metadef_tag_delete_namespace_content", ["namespace_name"]) { call in
      try await GlanceValue(
        call.glance.metadefTagDeleteNamespaceContent(
          call.context, namespaceName: call.requiredText("namespace_name")))
    },
    Command("metadef_tag_count", ["namespace_name"]) { call in
      try await GlanceValue(
        call.glance.metadefTagCount(call.context, namespaceName: call.requiredText("namespace_name")))
    },
  ]
}
