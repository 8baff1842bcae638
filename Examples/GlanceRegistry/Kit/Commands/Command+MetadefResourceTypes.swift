// SPDX-License-Identifier: Apache-2.0

import RomeGlance

extension Command {
  /// Types of resources that metadata definitions are for.
  static let metadefResourceTypes: [Command] = [
    Command("metadef_resource_type_create", ["values"]) { call in
      try await call.glance.metadefResourceTypeCreate(call.context, values: call.object("values")).values
    },
    Command("metadef_resource_type_get", ["resource_type_name"]) { call in
      try await call.glance.metadefResourceTypeGet(
        call.context, resourceTypeName: call.requiredText("resource_type_name")
      ).values
    },
    Command("metadef_resource_type_get_all") { call in
      try await .array(call.glance.metadefResourceTypeGetAll(call.context).map(\.values))
    },
    Command("metadef_resource_type_delete", ["resource_type_name"]) { call in
      try await call.glance.metadefResourceTypeDelete(
        call.context, resourceTypeName: call.requiredText("resource_type_name")
      ).values
    },
  ]
}
