// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Flavors.
  static let flavors: [Method] = [
    Method("flavor_create", NovaDatabase.flavorCreate, .named("values"), .optional("projects", or: nil)),
    Method(
      "flavor_get_all", NovaDatabase.flavorGetAll, .optional("inactive", or: false), .optional("filters", or: nil),
      .optional("sort_key", or: "flavorid"), .optional("sort_dir", or: .ascending), .optional("limit", or: nil),
      .optional("marker", or: nil)),
    Method("flavor_get", NovaDatabase.flavorGet, "id"),
    Method("flavor_get_by_name", NovaDatabase.flavorGetByName, "name"),
    Method(
      "flavor_get_by_flavor_id", NovaDatabase.flavorGetByFlavorID, .named("flavor_id", "id"),
      .optional("read_deleted", or: nil)),
    Method("flavor_destroy", NovaDatabase.flavorDestroy, .named("flavor_id", "name")),
    Method("flavor_access_get_by_flavor_id", NovaDatabase.flavorAccessGetByFlavorID, "flavor_id"),
    Method("flavor_access_add", NovaDatabase.flavorAccessAdd, "flavor_id", "project_id"),
    Method("flavor_access_remove", NovaDatabase.flavorAccessRemove, "flavor_id", "project_id"),
    Method("flavor_extra_specs_get", NovaDatabase.flavorExtraSpecsGet, "flavor_id"),
    Method("flavor_extra_specs_delete", NovaDatabase.flavorExtraSpecsDelete, "flavor_id", "key"),
    Method(
      "flavor_extra_specs_update_or_create", NovaDatabase.flavorExtraSpecsUpdateOrCreate, .named("flavor_id"),
      .named("extra_specs", "specs"), .optional("max_retries", or: nil)),
  ]
}
