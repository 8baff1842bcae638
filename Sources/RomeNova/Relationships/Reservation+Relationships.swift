// SPDX-License-Identifier: Apache-2.0

import Rome

extension Reservation {
  /// The usage that the reservation counts into.
  public static let usage = NovaToOne<Reservation, QuotaUsage>("usage", Reservation.usageID, QuotaUsage.id, .live)
}
