// SPDX-License-Identifier: Apache-2.0

import RomeNova

extension Method {
  /// Key pairs.
  static let keyPairs: [Method] = [
    Method("key_pair_create", NovaDatabase.keyPairCreate, "values"),
    Method("key_pair_destroy", NovaDatabase.keyPairDestroy, "user_id", "name"),
    Method("key_pair_get", NovaDatabase.keyPairGet, "user_id", "name"),
    Method(
      "key_pair_get_all_by_user", NovaDatabase.keyPairGetAllByUser, .named("user_id"), .optional("limit", or: nil),
      .optional("marker", or: nil)),
    Method("key_pair_count_by_user", NovaDatabase.keyPairCountByUser, "user_id"),
  ]
}
