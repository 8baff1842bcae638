// SPDX-License-Identifier: Apache-2.0

import Rome

extension Tag {
  /// The instance.
  public static let instance = NovaToOne<Tag, Instance>("instance", Tag.resourceID, Instance.uuid, .live)
}
