// SPDX-License-Identifier: Apache-2.0

import JSONService
import RomeNova

extension ArchivedRows: WireAnswer {
  /// The counts; from Train on with the UUIDs of the instances and the sum.
  func wire(_ encoder: WireEncoder) -> JSONValue {
    let counts = counts.wire(encoder)
    if encoder.options.release < .train { return counts }
    return ["$tuple": [counts, instanceUUIDs.wire(encoder), total.wire(encoder)]]
  }
}

extension MigratedRows: WireAnswer {
  func wire(_ encoder: WireEncoder) -> JSONValue { ["$tuple": [seen.wire(encoder), changed.wire(encoder)]] }
}
