// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Actions on instances, and their events.
  static let actions: [Method] = [
    Method("action_start", NovaDatabase.actionStart, "values"),
    Method("action_finish", NovaDatabase.actionFinish, "values"),
    Method(
      "actions_get", NovaDatabase.actionsGet, .named("instance_uuid", "uuid"), .optional("limit", or: nil),
      .optional("marker", or: nil), .optional("filters", or: NovaActionFilters())),
    Method(
      "action_get_by_request_id", NovaDatabase.actionGetByRequestID, .named("instance_uuid", "uuid"),
      .named("request_id")),
    Method("action_event_start", NovaDatabase.actionEventStart, "values"),
    Method("action_event_finish", NovaDatabase.actionEventFinish, "values"),
    Method("action_events_get", NovaDatabase.actionEventsGet, "action_id"),
    Method("action_event_get_by_id", NovaDatabase.actionEventGetByID, "action_id", "event_id"),
  ]
}
