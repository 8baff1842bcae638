// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// The usage of bandwidth and of volumes.
  static let usage: [Method] = [
    Method("bw_usage_get", NovaDatabase.bwUsageGet, "uuid", "start_period", "mac"),
    Method("bw_usage_get_by_uuids", NovaDatabase.bwUsageGetByUUIDs, "uuids", "start_period"),
    Method(
      "bw_usage_update", NovaDatabase.bwUsageUpdate, .named("uuid"), .named("mac"), .named("start_period"),
      .named("bw_in"), .named("bw_out"), .named("last_ctr_in"), .named("last_ctr_out"),
      .optional("last_refreshed", or: nil)),
    Method("vol_get_usage_by_time", NovaDatabase.volGetUsageByTime, "begin"),
    Method(
      "vol_usage_update", NovaDatabase.volUsageUpdate, .named("id"), .named("rd_req"), .named("rd_bytes"),
      .named("wr_req"), .named("wr_bytes"), .named("instance_id"), .named("project_id"), .named("user_id"),
      .named("availability_zone"), .optional("update_totals", or: false)),
  ]
}
